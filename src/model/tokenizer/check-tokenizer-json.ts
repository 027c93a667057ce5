import { type Message, message } from '../../contract/error.ts';
import { isObject, type JsonObject } from '../../contract/untrusted-json.ts';
import { riskyPattern } from './regex-safety.ts';
import { tokenizerFileError } from './tokenizer-files.ts';

/** What a checked tokenizer.json holds, besides the parts that the library reads. */
export interface CheckedTokenizerFile {
  readonly model: JsonObject;
  readonly added: readonly { readonly id: number; readonly content: string; readonly json: JsonObject }[];
  /** Largest id of vocabulary and added tokens. */
  readonly largest: number;
}

/** What @huggingface/tokenizers reads. */
const TYPES: ReadonlySet<unknown> = new Set(['BPE', 'Unigram', 'WordPiece']);
/** WordPiece takes time that grows with the cube of a word's length. */
const LONGEST_WORD = 200;

/**
 * Checks the form of an untrusted tokenizer.json before the library builds tables from it.
 * @throws ExplorerError tokenizer-file
 */
export function checkTokenizerFile(json: unknown, file: string): CheckedTokenizerFile {
  const fail = (problem: Message): never => {
    throw tokenizerFileError(file, problem);
  };
  if (!isObject(json) || !isObject(json.model)) return fail(message('it has no "model"'));
  for (const key of ['normalizer', 'pre_tokenizer', 'post_processor', 'decoder']) {
    const part = json[key];
    if (part !== undefined && part !== null && !isObject(part)) fail(message('"{key}" is not an object', { key }));
    checkParts(part, file);
  }
  const { vocab, type } = json.model;
  // Old files name none; a type we don't know would be read as another and give wrong pieces.
  if (type !== undefined && type !== null && !TYPES.has(type))
    fail(
      message('its model type {type} is not one of {known}', {
        type: JSON.stringify(type),
        known: [...TYPES].join(', '),
      }),
    );
  let largest = -1;
  const id = (value: unknown, wrong: () => Message): number => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0x7fffffff) {
      fail(wrong());
    }
    largest = Math.max(largest, value as number);
    return value as number;
  };
  if (Array.isArray(vocab)) {
    if (vocab.length === 0) fail(message('its vocabulary is empty'));
    for (const entry of vocab) {
      if (!Array.isArray(entry) || typeof entry[0] !== 'string' || typeof entry[1] !== 'number') {
        fail(message('its vocabulary holds something other than pieces with scores'));
      }
    }
    largest = vocab.length - 1;
    const unknown = json.model.unk_id ?? 0;
    if (typeof unknown !== 'number' || !Number.isInteger(unknown) || unknown < 0 || unknown > largest) {
      fail(message('"unk_id" is outside the vocabulary'));
    }
  } else if (isObject(vocab)) {
    for (const [piece, value] of Object.entries(vocab)) {
      id(value, () => message('the id of “{piece}” is not a whole number', { piece }));
    }
    if (largest < 0) fail(message('its vocabulary is empty'));
  } else fail(message('its model has no "vocab"'));
  if (json.model.type === 'BPE' || json.model.merges !== undefined) {
    const { merges } = json.model;
    const pair = (merge: unknown): boolean =>
      typeof merge === 'string' ||
      (Array.isArray(merge) && merge.length === 2 && merge.every((x) => typeof x === 'string'));
    if (!Array.isArray(merges) || !merges.every(pair)) fail(message('"merges" is not a list of pairs'));
  }
  const longest = json.model.max_input_chars_per_word ?? LONGEST_WORD;
  if (typeof longest !== 'number' || longest > LONGEST_WORD)
    fail(message('"max_input_chars_per_word" is above {most}', { most: LONGEST_WORD }));
  const tokens = json.added_tokens ?? [];
  if (!Array.isArray(tokens)) return fail(message('"added_tokens" is not a list'));
  const added = tokens.map((token: unknown) => {
    if (!isObject(token) || typeof token.content !== 'string' || token.content === '') {
      return fail(message('an added token has no content'));
    }
    const { content } = token;
    const wrong = () => message('the id of the added token {content} is not a whole number', { content });
    return { id: id(token.id, wrong), content, json: token };
  });
  return { model: json.model, added, largest };
}

/** Deepest nesting, and most parts, of normalizers, pre-tokenizers, post-processors and decoders. */
const DEEPEST = 16;
const MOST = 256;
/** How many times longer the replacements of one chain may make a text; published ones replace one letter by another. */
const MOST_GROWTH = 256;

/**
 * Checks a normalizer, pre-tokenizer, post-processor or decoder, with all its parts, for what could make a text endless
 * or take for ever.
 * @throws ExplorerError tokenizer-file
 */
function checkParts(part: unknown, file: string): void {
  let count = 0;
  let growth = 1;
  const visit = (one: unknown, depth: number): void => {
    if (depth > DEEPEST || count > MOST) throw tokenizerFileError(file, message('its parts are nested too deep'));
    if (Array.isArray(one)) for (const item of one) visit(item, depth + 1);
    if (!isObject(one)) return;
    count++;
    const regex = isObject(one.pattern) ? one.pattern.Regex : undefined;
    if (regex !== undefined && (typeof regex !== 'string' || riskyPattern(regex))) {
      throw tokenizerFileError(file, message('one of its regular expressions could run for ever'));
    }
    growth *= growthOf(one);
    if (growth > MOST_GROWTH) throw tokenizerFileError(file, message('its replacements would make texts too long'));
    if (one.type === 'FixedLength' && !(Number.isInteger(one.length) && (one.length as number) > 0)) {
      throw tokenizerFileError(file, message('the length of its parts is not a whole number'));
    }
    for (const list of [one.normalizers, one.pretokenizers, one.decoders, one.processors]) {
      if (list !== undefined) visit(list, depth + 1);
    }
  };
  visit(part, 0);
}

/** How many letters stand for one afterwards. */
function growthOf(part: JsonObject): number {
  const longest = [part.content, part.prepend, part.replacement, part.str_rep]
    .map((text) => (typeof text === 'string' ? text.length : 0))
    .reduce((most, length) => Math.max(most, length), 1);
  // A word before the text comes once, not for each letter.
  return part.type === 'Prepend' ? Math.max(1, longest / 64) : longest;
}
