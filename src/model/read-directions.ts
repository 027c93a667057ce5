import type { ModelInfo } from '../protocol/model-info.ts';

/** ISO 639-3 codes of Marian's tags whose BCP-47 code is shorter. */
const SHORT: Readonly<Record<string, string>> = { cmn: 'zh', zho: 'zh', eng: 'en' };

const TAG = /^>>([^<>\s]+)<<$/;

/**
 * Target languages that a tokenizer has tags for: `>>xxx<<` among its added tokens or in its vocabulary.
 * None when there is no tokenizer.json.
 */
export function readDirections(tokenizerJson: Uint8Array | undefined): ModelInfo['directions'] {
  if (tokenizerJson === undefined) return [];
  const { added_tokens: added, model } = JSON.parse(new TextDecoder().decode(tokenizerJson)) as {
    added_tokens?: unknown;
    model?: { vocab?: unknown };
  };
  const names = Array.isArray(added) ? added.map((token: { content?: unknown }) => token?.content) : [];
  const vocab = model?.vocab ?? {};
  names.push(...(Array.isArray(vocab) ? vocab.map((entry: unknown[]) => entry?.[0]) : Object.keys(vocab)));
  const tokens = new Set(names.filter((name): name is string => typeof name === 'string' && TAG.test(name)));
  return [...tokens].map((token) => {
    const code = TAG.exec(token)![1];
    return { token, language: SHORT[code] ?? code };
  });
}
