import { Tokenizer as LibraryTokenizer } from '@huggingface/tokenizers';
import { ExplorerError } from '../../protocol/explorer-error.ts';
import type { Tokenizer } from '../model.ts';
import { type CheckedTokenizerFile, checkTokenizerFile, tokenizerFileError } from './check-tokenizer-file.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { AddedToken } from './split-added.ts';
import { type Library, TextTokenizer } from './text-tokenizer.ts';

/** Reads files of one folder; undefined where there is no such file. */
export interface TokenizerFiles {
  read(name: string): Promise<Uint8Array | undefined>;
  readonly folder: string;
}

const LARGEST_FILE = 64 * 1024 * 1024;
/** Language tags of Marian's multilingual checkpoints; conversions often keep them as plain vocabulary. */
const LANGUAGE_TAG = /^>>[^<>\s]+<<$/;

/**
 * Reads a folder's tokenizer.json (and tokenizer_config.json): ids as @huggingface/tokenizers gives them, offsets ours.
 * Text that only looks like a special token (`</s>`) stays text.
 * @param vocabulary V of the model; every id must be below it
 * @returns undefined when the folder has no tokenizer.json
 * @throws ExplorerError tokenizer-file, tokenizer-mismatch
 */
export async function loadTokenizer(files: TokenizerFiles, vocabulary: number): Promise<Tokenizer | undefined> {
  const file = `${files.folder}/tokenizer.json`;
  const json = await readJson(files, 'tokenizer.json');
  if (json === undefined) return undefined;
  const config = await readJson(files, 'tokenizer_config.json');
  const checked = checkTokenizerFile(json, file);
  if (checked.largest >= vocabulary) {
    throw new ExplorerError(
      'tokenizer-mismatch',
      `The tokenizer ${file} has ids up to ${checked.largest}, but the model knows ${vocabulary} tokens. Use the tokenizer.json that belongs to this model.`,
      { file, largest: checked.largest, vocabulary },
    );
  }
  return build(json as JsonObject, isObject(config) ? config : {}, checked, files.folder, vocabulary);
}

async function readJson(files: TokenizerFiles, name: string): Promise<unknown> {
  const file = `${files.folder}/${name}`;
  const bytes = await files.read(name);
  if (bytes === undefined) return undefined;
  if (bytes.byteLength > LARGEST_FILE) throw tokenizerFileError(file, 'it is larger than 64 MB');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw tokenizerFileError(file, 'it is not valid JSON');
  }
}

function build(
  json: JsonObject,
  config: JsonObject,
  checked: CheckedTokenizerFile,
  folder: string,
  vocabulary: number,
) {
  const specials = specialTokens(config, checked);
  const hidden = new Map([...specials].map(([name, id]) => [name, `\uFFFFspecial ${id}\uFFFF`]));
  const ordinary = checked.added.filter(({ content }) => !specials.has(content));
  const model = hideSpecials(checked.model, hidden);
  const tokenizerJson = {
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    ...json,
    model,
    added_tokens: ordinary.map((token) => token.json),
  };
  let library: Library;
  try {
    library = new LibraryTokenizer(tokenizerJson, config) as unknown as Library;
  } catch (error) {
    throw tokenizerFileError(`${folder}/tokenizer.json`, error instanceof Error ? error.message : String(error));
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
  const unknown = typeof unknownName === 'string' ? specials.get(unknownName) : checked.model.unk_id;
  return new TextTokenizer({
    library,
    normalizer: asObject(json.normalizer),
    preTokenizer: asObject(json.pre_tokenizer),
    rawAdded,
    normalizedAdded,
    specials,
    unknown: typeof unknown === 'number' ? unknown : (library.model.unk_token_id ?? undefined),
    style: {
      byteLevel: JSON.stringify([json.pre_tokenizer, json.decoder]).includes('"ByteLevel"'),
      prefix: checked.model.type === 'WordPiece' ? text(checked.model.continuing_subword_prefix) : '',
      suffixes: [text(checked.model.end_of_word_suffix), text(checked.model.continuing_subword_suffix)],
    },
    vocabulary,
    folder,
  });
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

function asObject(value: Json | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
