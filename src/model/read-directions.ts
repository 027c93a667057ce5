import type { ModelInfo } from '../protocol/model-info.ts';

/** ISO 639-3 codes of Marian's tags whose BCP-47 code is shorter. */
const SHORT: Readonly<Record<string, string>> = { cmn: 'zh', zho: 'zh', eng: 'en' };

/** Target languages that a tokenizer has tags for: added tokens `>>xxx<<`. None when there is no tokenizer.json. */
export function readDirections(tokenizerJson: Uint8Array | undefined): ModelInfo['directions'] {
  if (tokenizerJson === undefined) return [];
  const { added_tokens: added } = JSON.parse(new TextDecoder().decode(tokenizerJson)) as { added_tokens?: unknown };
  if (!Array.isArray(added)) return [];
  return added.flatMap(({ content }: { content?: unknown }) => {
    const code = typeof content === 'string' ? /^>>(.+)<<$/.exec(content)?.[1] : undefined;
    return code === undefined ? [] : [{ token: content as string, language: SHORT[code] ?? code }];
  });
}
