import { message } from '../../contract/error.ts';
import type { Config } from './config.ts';

/** How a checkpoint wants its text to be written: generation_config.json, or config.json in older ones. */
export interface GenerationConfig {
  readonly startToken: number;
  readonly endToken: number;
  readonly padToken: number | undefined;
  /** Tokens that come whatever the model would rather, by place; the start token stands at 0. */
  readonly forced: ReadonlyMap<number, number>;
  readonly forcedLast: number | undefined;
  /** Never written. */
  readonly suppressed: readonly number[];
  /** Never written first, after what is forced. */
  readonly suppressedFirst: readonly number[];
  /** Sequences of two tokens and more that are never completed. */
  readonly badSequences: readonly (readonly number[])[];
  readonly lengthPenalty: number;
  readonly noRepeatNgram: number;
  readonly minLength: number;
  readonly earlyStopping: boolean;
}

/** Places that can be forced. */
const MOST_FORCED = 1000;
/** Stands for an end token that the vocabulary does not have. */
const NONE = -1;

/** @throws ExplorerError 'model-config' for token ids outside the vocabulary */
export function generationConfig(generation: Config | undefined, config: Config, vocabulary: number): GenerationConfig {
  const from = (key: string) => (generation?.has(key) === true ? generation : config);
  const token = (key: string) => from(key).token(key, vocabulary);
  // transformers' default end token (50256) stands in configs of smaller vocabularies: it is never written there.
  const lenient = (key: string) => {
    const id = from(key).raw(key);
    return typeof id === 'number' && id >= vocabulary ? undefined : token(key);
  };
  const ids = (key: string) => idList(from(key), key, vocabulary);
  const words = from('bad_words_ids').raw('bad_words_ids') ?? [];
  if (!Array.isArray(words) || !words.every((word) => isIds(word, vocabulary))) {
    throw from('bad_words_ids').wrong(
      'bad_words_ids',
      message('lists of token ids below {vocabulary}', { vocabulary }),
    );
  }
  const endToken = lenient('eos_token_id') ?? NONE;
  const start = token('decoder_start_token_id') ?? lenient('bos_token_id') ?? lenient('pad_token_id') ?? 0;
  return {
    startToken: start,
    endToken,
    padToken: lenient('pad_token_id'),
    forced: forcedTokens(from('forced_decoder_ids'), token('forced_bos_token_id'), vocabulary),
    forcedLast: token('forced_eos_token_id'),
    suppressed: [...ids('suppress_tokens'), ...words.filter((word) => word.length === 1).flat()],
    suppressedFirst: ids('begin_suppress_tokens'),
    badSequences: words.filter((word) => word.length > 1),
    lengthPenalty: from('length_penalty').number('length_penalty', 1),
    noRepeatNgram: from('no_repeat_ngram_size').number('no_repeat_ngram_size', 0),
    minLength: from('min_length').number('min_length', 0),
    earlyStopping: from('early_stopping').raw('early_stopping') === true,
  };
}

/** `forced_bos_token_id` at place 1, and Whisper's `forced_decoder_ids`, [place, id] each; a null id is free. */
function forcedTokens(config: Config, first: number | undefined, vocabulary: number): Map<number, number> {
  const forced = new Map(first === undefined ? [] : [[1, first]]);
  const pairs = config.raw('forced_decoder_ids') ?? [];
  const proper = (pair: unknown): pair is [number, number | null] =>
    Array.isArray(pair) && isIds([pair[0]], MOST_FORCED) && (pair[1] === null || isIds([pair[1]], vocabulary));
  if (!Array.isArray(pairs) || !pairs.every(proper)) {
    throw config.wrong(
      'forced_decoder_ids',
      message('pairs of a place below {places} and a token id below {vocabulary}', { places: MOST_FORCED, vocabulary }),
    );
  }
  for (const [place, id] of pairs) if (id !== null && place > 0) forced.set(place, id);
  return forced;
}

function idList(config: Config, key: string, vocabulary: number): number[] {
  const value = config.raw(key) ?? [];
  if (!isIds(value, vocabulary)) throw config.wrong(key, message('token ids below {vocabulary}', { vocabulary }));
  return value;
}

function isIds(value: unknown, vocabulary: number): value is number[] {
  return Array.isArray(value) && value.every((id) => Number.isSafeInteger(id) && id >= 0 && id < vocabulary);
}
