import type { Tokenizer } from '../model/model.ts';
import { ExplorerError } from '../protocol/explorer-error.ts';
import type { ModelInfo } from '../protocol/model-info.ts';
import type { TokenInfo } from '../protocol/run.ts';

/**
 * Pieces of the source, the language tag first.
 * @param cut shorten to the model's positions instead of failing    @throws ExplorerError 'text-too-long'
 */
export function tokenizeSource(tokenizer: Tokenizer, text: string, info: ModelInfo, prefix?: string, cut?: boolean) {
  return fit(tokenizer.encode(text, prefix === undefined ? {} : { prefix }), 'source', info, cut);
}

/**
 * Pieces of the target; the last is the end token, which the decoder predicts last.
 * @throws ExplorerError 'text-too-long'
 */
export function tokenizeTarget(tokenizer: Tokenizer, text: string, info: ModelInfo, endToken: number, cut?: boolean) {
  const tokens = tokenizer.encode(text);
  const last = tokens.at(-1);
  if (last?.id !== endToken) {
    const at = { start: text.length, end: text.length, word: (last?.word ?? -1) + 1 };
    tokens.push({ id: endToken, text: tokenizer.label(endToken).text, special: true, ...at });
  }
  return fit(tokens, 'target', info, cut);
}

function fit(tokens: TokenInfo[], side: 'source' | 'target', info: ModelInfo, cut = false): TokenInfo[] {
  const max = info.maxPositions;
  if (max === undefined || tokens.length <= max) return tokens;
  if (!cut) {
    throw new ExplorerError(
      'text-too-long',
      `The ${side} has ${tokens.length} tokens, and ${info.name} can read ${max}. Select less, or cut it to the first ${max}.`,
      { side, tokens: tokens.length, max, model: info.name },
    );
  }
  const last = tokens.at(-1)!;
  return last.special ? [...tokens.slice(0, max - 1), last] : tokens.slice(0, max);
}
