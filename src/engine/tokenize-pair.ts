import { ExplorerError } from '../contract/error.ts';
import type { ModelInfo } from '../contract/model-info.ts';
import type { TokenInfo } from '../contract/run.ts';
import type { EncodeOptions, Tokenizer } from '../model/model.ts';

/**
 * UTF-16 units of text that are read for each position of the model, and at least. No text that fits comes near it;
 * a whole book selected by mistake is refused, or cut, without reading all of it.
 */
const UNITS_PER_POSITION = 100;

const UNITS_LEAST = 100_000;

/** How long a text may be, in tokens. */
export interface Bound {
  /** undefined where the family has no bound and the person has set none */
  readonly max: number | undefined;
  /** Who allows no more: the model's name, or undefined for the person's setting. */
  readonly model: string | undefined;
}

/** @param limit the person's setting; undefined or 0 for none */
export function boundOf({ maxPositions, name }: ModelInfo, limit = 0): Bound {
  const set = limit > 0 && limit < (maxPositions ?? Number.POSITIVE_INFINITY);
  return set ? { max: limit, model: undefined } : { max: maxPositions, model: name };
}

/**
 * Pieces of the source, with what tells the model the languages.
 * @param frame how sources are put to the model (languages/)
 * @param cut shorten to the bound instead of failing    @throws ExplorerError 'text-too-long'
 */
export function tokenizeSource(tokenizer: Tokenizer, text: string, bound: Bound, frame: EncodeOptions, cut?: boolean) {
  const read = readable(text, bound);
  const tokens = tokenizer.encode(read, frame);
  return fit(tokens, 'source', read.length === text.length, bound, cut);
}

/**
 * Pieces of the target; the last is the end token, which the decoder predicts last.
 * @param frame how targets are put to the model (languages/)    @param endToken negative where there is none
 * @throws ExplorerError 'text-too-long'
 */
export function tokenizeTarget(
  tokenizer: Tokenizer,
  text: string,
  bound: Bound,
  endToken: number,
  frame: EncodeOptions,
  cut?: boolean,
) {
  const read = readable(text, bound);
  const tokens = tokenizer.encode(read, frame);
  const last = tokens.at(-1);
  if (last?.id !== endToken && endToken >= 0) {
    const at = { start: text.length, end: text.length, word: (last?.word ?? -1) + 1 };
    tokens.push({ id: endToken, text: tokenizer.label(endToken).text, special: true, ...at });
  }
  return fit(tokens, 'target', read.length === text.length, bound, cut);
}

/** The text, or as much of it as can matter; not cut inside a surrogate pair. */
function readable(text: string, { max }: Bound): string {
  if (max === undefined) return text;
  const most = Math.max(UNITS_LEAST, max * UNITS_PER_POSITION);
  if (text.length <= most) return text;
  return text.slice(0, text.charCodeAt(most) >> 10 === 0b110111 ? most - 1 : most);
}

function fit(
  tokens: TokenInfo[],
  side: 'source' | 'target',
  whole: boolean,
  { max, model }: Bound,
  cut = false,
): TokenInfo[] {
  if (max === undefined || tokens.length <= max) return tokens;
  if (!cut) {
    const has = `The ${side} has ${whole ? '' : 'more than '}${tokens.length} tokens`;
    const way = `Select less, or cut it to the first ${max}.`;
    throw new ExplorerError(
      'text-too-long',
      model === undefined
        ? `${has}, and the setting “Token Limit” allows ${max}. ${way}`
        : `${has}, and ${model} can read ${max}. ${way}`,
      { side, tokens: tokens.length, max, ...(model === undefined ? {} : { model }) },
    );
  }
  // What ends a text ends a shorter one too: the end token, and a language code behind it.
  const last = tokens.slice(tokens.findLastIndex(({ special }) => !special) + 1);
  return last.length < max ? [...tokens.slice(0, max - last.length), ...last] : tokens.slice(0, max);
}
