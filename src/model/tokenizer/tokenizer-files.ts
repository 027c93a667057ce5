import { ExplorerError, type Message, message, Problem, reasonOf } from '../../contract/error.ts';
import { isObject, type JsonObject, parseJson } from '../../contract/untrusted-json.ts';

/** Reads files of one folder; undefined where there is no such file. */
export interface TokenizerFiles {
  read(name: string): Promise<Uint8Array | undefined>;
  readonly folder: string;
}

const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * A file of the tokenizer as bytes.
 * @returns undefined when there is none    @throws ExplorerError tokenizer-file when it is too large
 */
export async function readBytes(files: TokenizerFiles, name: string): Promise<Uint8Array | undefined> {
  const bytes = await files.read(name);
  if (bytes !== undefined && bytes.byteLength > LARGEST_FILE) {
    throw tokenizerFileError(`${files.folder}/${name}`, message('it is larger than 64 MB'));
  }
  return bytes;
}

/** @returns its text, undefined when there is none    @throws ExplorerError tokenizer-file */
export async function readText(files: TokenizerFiles, name: string): Promise<string | undefined> {
  const bytes = await readBytes(files, name);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw tokenizerFileError(`${files.folder}/${name}`, message('it is not UTF-8 text'));
  }
}

/** @returns its value, undefined when there is none    @throws ExplorerError tokenizer-file */
export async function readJson(files: TokenizerFiles, name: string): Promise<unknown> {
  const bytes = await readBytes(files, name);
  if (bytes === undefined) return undefined;
  try {
    return parseJson(bytes);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw tokenizerFileError(`${files.folder}/${name}`, reasonOf(error));
  }
}

/** @returns its object, an empty one when there is none or it is something else    @throws ExplorerError tokenizer-file */
export async function readObject(files: TokenizerFiles, name: string): Promise<JsonObject> {
  const json = await readJson(files, name);
  return isObject(json) ? json : {};
}

/** @returns the failure to throw: which file, what is wrong with it, and one thing to do. */
export function tokenizerFileError(file: string, problem: string | Message): ExplorerError {
  return new ExplorerError(
    'tokenizer-file',
    'The tokenizer {file} cannot be used: {problem}. Download the file again from where the model comes from.',
    { file, problem },
  );
}

/**
 * A vocabulary as JSON, {"piece": id}.
 * @returns undefined when there is no such file    @throws ExplorerError tokenizer-file
 */
export async function readVocabulary(files: TokenizerFiles, name: string): Promise<Map<string, number> | undefined> {
  const json = await readJson(files, name);
  if (json === undefined) return undefined;
  const file = `${files.folder}/${name}`;
  if (!isObject(json)) throw tokenizerFileError(file, message('it is not an object of pieces and ids'));
  const vocabulary = new Map<string, number>();
  for (const [piece, id] of Object.entries(json)) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id > 0x7fffffff) {
      throw tokenizerFileError(
        file,
        message('the id of “{piece}” is not a whole number', { piece: piece.slice(0, 40) }),
      );
    }
    vocabulary.set(piece, id);
  }
  if (vocabulary.size === 0) throw tokenizerFileError(file, message('its vocabulary is empty'));
  return vocabulary;
}

/** A token that stands outside of the vocabulary file. */
export interface ExtraToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
}

/** What the files beside a vocabulary say of tokens that have a part of their own. */
export interface SpecialNames {
  /** tokenizer_config.json */
  readonly config: JsonObject;
  /** Name of the token that plays a part (`eos`, `unk` …). */
  name(part: string, fallback: string): string;
  /** Further names of special tokens: language codes, sentinels. */
  readonly additional: readonly string[];
  /** Tokens with ids of their own: added_tokens.json, and `added_tokens_decoder` of newer tokenizer_config.json. */
  readonly extra: readonly ExtraToken[];
}

/** @throws ExplorerError tokenizer-file */
export async function readSpecialNames(files: TokenizerFiles): Promise<SpecialNames> {
  const config = await readObject(files, 'tokenizer_config.json');
  const map = await readObject(files, 'special_tokens_map.json');
  const additional = [map.additional_special_tokens, config.additional_special_tokens, config.extra_special_tokens]
    .flatMap((list) => (Array.isArray(list) ? (list as readonly unknown[]) : []))
    .map(contentOf)
    .filter((name) => name !== undefined);
  const extra = new Map<string, ExtraToken>();
  const names = new Set(additional);
  const added = await readJson(files, 'added_tokens.json');
  for (const [content, id] of Object.entries(isObject(added) ? added : {})) {
    const file = `${files.folder}/added_tokens.json`;
    extra.set(content, { ...token(content, id, file), special: names.has(content), lstrip: false, rstrip: false });
  }
  const decoder = isObject(config.added_tokens_decoder) ? config.added_tokens_decoder : {};
  for (const [id, value] of Object.entries(decoder)) {
    const content = contentOf(value);
    if (!isObject(value) || content === undefined) continue;
    const file = `${files.folder}/tokenizer_config.json`;
    const [lstrip, rstrip] = [value.lstrip === true, value.rstrip === true];
    extra.set(content, { ...token(content, Number(id), file), special: value.special === true, lstrip, rstrip });
  }
  return {
    config,
    name: (part, fallback) => contentOf(map[`${part}_token`]) ?? contentOf(config[`${part}_token`]) ?? fallback,
    additional: [...names],
    extra: [...extra.values()],
  };
}

/** A token is written as its text, or as an object that holds it. */
function contentOf(value: unknown): string | undefined {
  const content = isObject(value) ? value.content : value;
  return typeof content === 'string' && content !== '' ? content : undefined;
}

function token(content: string, id: unknown, file: string) {
  if (typeof id === 'number' && Number.isInteger(id) && id >= 0 && id <= 0x7fffffff) return { content, id };
  throw tokenizerFileError(file, message('the id of “{piece}” is not a whole number', { piece: content.slice(0, 40) }));
}
