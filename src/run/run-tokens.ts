import { ExplorerError, SIDE_WORDS } from '../contract/error.ts';
import type { Direction, ModelInfo } from '../contract/model-info.ts';
import type { RunRequest, RunSummary, TokenInfo } from '../contract/run.ts';
import type { EncodeOptions, Frame, Model, Tokenizer } from '../model/model.ts';
import { sourceLanguage, targetDirection } from '../pair/text-language.ts';
import type { MediaSource } from './media-source.ts';

/** The texts of a run as the model reads them. */
export interface RunTokens {
  readonly choice: Pick<RunSummary, 'direction' | 'sourceLanguage'>;
  readonly frame: Frame;
  readonly sourceTokens: readonly TokenInfo[];
  /** The target, where there is one already; else the model writes it. */
  readonly forced: { readonly target: string; readonly targetTokens: readonly TokenInfo[] } | undefined;
  /** Tokens of a target that was written, cut to what fits. */
  readonly targetOf: (text: string) => readonly TokenInfo[];
}

/**
 * Languages, then tokens. A model without an encoder reads source and target as one text, the target going on where the
 * source ends; one without a decoder reads the source alone.
 * @param media the source, where it is a sound or a picture
 * @throws ExplorerError 'text-too-long', 'tokenizer-mismatch'
 */
export function tokenizeRun(
  model: Model,
  tokenizer: Tokenizer,
  request: RunRequest,
  media: MediaSource | undefined,
): RunTokens {
  const { info } = model;
  const bound = boundOf(info, request.tokenLimit);
  // What another model was told may be remembered: a language that this one does not have counts as none chosen.
  const known = (languages: readonly Direction[] | undefined, token: string | undefined) =>
    token === '' || languages?.some((language) => language.token === token) ? token : undefined;
  const direction = known(info.directions, request.direction) ?? targetDirection(info, request.source, request.target);
  const from = known(info.sources, request.sourceLanguage) ?? sourceLanguage(info, request.source, direction);
  const choice = {
    direction: direction || undefined,
    ...(from === undefined || info.sources === undefined ? {} : { sourceLanguage: from }),
  };
  const frame = model.languages.frame({ direction, sourceLanguage: from }, request.source);
  const sourceTokens = media?.tokens ?? tokenizeSource(tokenizer, request.source, bound, frame.source, request.cut);
  // Without an encoder nothing ends a text but the text itself.
  const end = info.encoderLayers === 0 ? -1 : model.endToken;
  const read = (text: string, cut: boolean | undefined) => ({
    target: text,
    targetTokens: tokenizeTarget(tokenizer, text, bound, end, frame.target, cut),
  });
  const { target } = request;
  const forced =
    info.decoderLayers === 0
      ? { target: '', targetTokens: [] }
      : info.encoderLayers === 0
        ? read(joined(request.source, target), request.cut)
        : target === undefined
          ? undefined
          : read(target, request.cut);
  return { choice, frame, sourceTokens, forced, targetOf: (text) => read(text, true).targetTokens };
}

/** Source and target as one text, with a space between words. */
function joined(source: string, target: string | undefined): string {
  if (target === undefined) return source;
  const space =
    /[\p{L}\p{N}\p{P}]$/u.test(source) && /^[\p{L}\p{N}]/u.test(target) && !/^[\p{Script=Han}]/u.test(target);
  return `${source}${space ? ' ' : ''}${target}`;
}

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
    const has = `The {side} has ${whole ? '' : 'more than '}{tokens} tokens`;
    const way = 'Select less, or cut it to the first {max}.';
    throw new ExplorerError(
      'text-too-long',
      model === undefined
        ? `${has}, and the setting “Token Limit” allows {max}. ${way}`
        : `${has}, and {model} can read {max}. ${way}`,
      { side: SIDE_WORDS[side], tokens: tokens.length, max, ...(model === undefined ? {} : { model }) },
    );
  }
  // What ends a text ends a shorter one too: the end token, and a language code behind it.
  const last = tokens.slice(tokens.findLastIndex(({ special }) => !special) + 1);
  return last.length < max ? [...tokens.slice(0, max - last.length), ...last] : tokens.slice(0, max);
}

/** Ids by their numbers, `#12 #7`: for checkpoints that hear or see and came without a tokenizer. */
export function idTokenizer(vocabulary: number, endToken: number): Tokenizer {
  const special = (id: number) => id === endToken;
  return {
    vocabulary,
    specials: new Map(),
    encode(text) {
      return [...text.matchAll(/#(\d+)/g)].flatMap((match, word): TokenInfo[] => {
        const id = Number(match[1]);
        const at = { start: match.index, end: match.index + match[0].length, word };
        return id < vocabulary ? [{ id, text: match[0], special: special(id), ...at }] : [];
      });
    },
    decode: (ids) =>
      ids
        .filter((id) => !special(id))
        .map((id) => `#${id}`)
        .join(' '),
    id: (name) => {
      const [, id] = /^#(\d+)$/.exec(name) ?? [];
      return id !== undefined && Number(id) < vocabulary ? Number(id) : undefined;
    },
    label: (id) => ({ text: `#${id}`, special: special(id) }),
  };
}
