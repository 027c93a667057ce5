import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { ExplorerError, Problem, reasonOf } from '../../contract/error.ts';
import type { Json, JsonObject } from '../../contract/untrusted-json.ts';
import type { AddedToken } from './added-tokens.ts';
import { type CheckedTokenizerFile, checkTokenizerFile } from './check-tokenizer-json.ts';
import { type Library, libraryModel } from './library-model.ts';
import { exactNormalizer } from './normalizer.ts';
import { TextTokenizer } from './text-tokenizer.ts';
import { tokenizerFileError } from './tokenizer-files.ts';

/** Language tags of Marian's multilingual checkpoints; conversions often keep them as plain vocabulary. */
const LANGUAGE_TAG = /^>>[^<>\s]+<<$/;

/**
 * The tokenizer that a tokenizer.json describes: ids as @huggingface/tokenizers gives them, offsets ours. Text that only
 * looks like a special token (`</s>`) stays text.
 * @param json untrusted    @param config tokenizer_config.json    @param file for messages
 * @throws ExplorerError tokenizer-file, tokenizer-mismatch
 */
export function tokenizerFromJson(json: unknown, config: JsonObject, file: string, vocabulary: number): TextTokenizer {
  const checked = checkTokenizerFile(json, file);
  checkVocabulary(checked.largest, vocabulary, file);
  const specials = specialTokens(config, checked);
  const hidden = new Map([...specials].map(([name, id]) => [name, `\uFFFFspecial ${id}\uFFFF`]));
  const ordinary = checked.added.filter(({ content }) => !specials.has(content));
  const hiddenJson: JsonObject = {
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    ...(json as JsonObject),
    model: hideSpecials(checked.model, hidden),
    added_tokens: ordinary.map((token) => token.json),
  };
  let library: Library;
  let template: ReturnType<typeof around>;
  try {
    library = openLibrary(hiddenJson, config);
    library.normalizer = exactNormalizer(library.normalizer, hiddenJson.normalizer, file);
    template = around(library);
  } catch (error) {
    if (error instanceof ExplorerError) throw error;
    throw tokenizerFileError(file, reasonOf(error));
  }
  const rawAdded = new Map<string, AddedToken>();
  const normalizedAdded = new Map<string, AddedToken>();
  for (const { id, content, json: token } of ordinary) {
    const added = { id, content, lstrip: token.lstrip === true, rstrip: token.rstrip === true };
    const normalized = (token.normalized ?? token.special !== true) === true && library.normalizer !== null;
    if (normalized) normalizedAdded.set(library.normalizer!.normalize(content), added);
    else rawAdded.set(content, added);
  }
  const unknownName = checked.model.unk_token;
  const named = typeof unknownName === 'string' ? specials.get(unknownName) : checked.model.unk_id;
  const unknown = typeof named === 'number' ? named : (library.model.unk_token_id ?? undefined);
  return new TextTokenizer({
    model: libraryModel(library, hiddenJson, unknown),
    ...template,
    rawAdded,
    normalizedAdded,
    specials,
    unknown,
    style: {
      byteLevel: JSON.stringify([hiddenJson.pre_tokenizer, hiddenJson.decoder]).includes('"ByteLevel"'),
      prefix: checked.model.type === 'WordPiece' ? text(checked.model.continuing_subword_prefix) : '',
      suffixes: [text(checked.model.end_of_word_suffix), text(checked.model.continuing_subword_suffix)],
    },
    vocabulary,
    file,
  });
}

/** @throws ExplorerError tokenizer-mismatch when the tokenizer knows ids that the model does not */
export function checkVocabulary(largest: number, vocabulary: number, file: string): void {
  if (largest < vocabulary) return;
  throw new ExplorerError(
    'tokenizer-mismatch',
    'The tokenizer {file} has ids up to {largest}, but the model knows {vocabulary} tokens. Use the tokenizer that belongs to this model.',
    { file, largest, vocabulary },
  );
}

/**
 * The library over a file. Of a Unigram it is given one piece only: the cutting is done by unigram.ts, and the library's
 * trie of 250,000 pieces would take hundreds of megabytes.
 */
function openLibrary(json: JsonObject, config: JsonObject): Library {
  const model = json.model as JsonObject;
  if (!Array.isArray(model.vocab)) return new LibraryTokenizer(json, config) as unknown as Library;
  const vocab = (model.vocab as readonly (readonly [string, number])[]).map(([piece]) => piece);
  const small = { ...model, type: 'Unigram', vocab: [['\uFFFFunknown\uFFFF', 0]], unk_id: 0 };
  const library = new LibraryTokenizer({ ...json, model: small }, config) as unknown as Library;
  const part = library.model;
  const unknown = typeof model.unk_id === 'number' ? model.unk_id : 0;
  part.unk_token_id = unknown;
  part.unk_token = vocab[unknown];
  part.byte_fallback = model.byte_fallback === true;
  const added = new Map(part.tokens_to_ids);
  added.delete('\uFFFFunknown\uFFFF');
  part.vocab = vocab;
  part.tokens_to_ids = new Map(vocab.map((piece, id) => [piece, id]));
  for (const [content, id] of added) {
    part.vocab[id] = content;
    part.tokens_to_ids.set(content, id);
  }
  return library;
}

/** Names of the special tokens that the post-processor puts around a text. */
function around(library: Library): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const marker = '\uFFFFtext\uFFFF';
  const tokens = library.post_processor?.post_process([marker], null, true).tokens ?? [marker];
  const at = tokens.indexOf(marker);
  if (at < 0 || !tokens.every((token) => typeof token === 'string'))
    throw new Problem('its "post_processor" loses the text');
  return { before: tokens.slice(0, at), after: tokens.slice(at + 1) };
}

/** Names and ids of the tokens that only the tokenizer itself may put in. */
function specialTokens(config: JsonObject, { added, model }: CheckedTokenizerFile): Map<string, number> {
  const specials = new Map<string, number>();
  const named: readonly unknown[] = Array.isArray(config.additional_special_tokens)
    ? config.additional_special_tokens
    : [];
  for (const { id, content, json } of added) {
    if (json.special === true || named.includes(content)) specials.set(content, id);
  }
  const entries: [string, unknown][] = Array.isArray(model.vocab)
    ? model.vocab.map((entry, id) => [(entry as [string])[0], id])
    : Object.entries(model.vocab as JsonObject);
  for (const [name, id] of entries) {
    const unknown = name === model.unk_token || (Array.isArray(model.vocab) && id === model.unk_id);
    if (!specials.has(name) && (unknown || LANGUAGE_TAG.test(name))) specials.set(name, id as number);
  }
  return specials;
}

/** The model under names for its special tokens that no text holds, so that text cannot be taken for one. */
function hideSpecials(model: JsonObject, hidden: ReadonlyMap<string, string>): JsonObject {
  const rename = (name: string) => hidden.get(name) ?? name;
  const vocab: Json = Array.isArray(model.vocab)
    ? model.vocab.map((entry) => [rename((entry as [string, number])[0]), (entry as [string, number])[1]])
    : Object.fromEntries(Object.entries(model.vocab as JsonObject).map(([name, id]) => [rename(name), id]));
  return typeof model.unk_token === 'string'
    ? { ...model, vocab, unk_token: rename(model.unk_token) }
    : { ...model, vocab };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
