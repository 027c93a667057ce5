import { isObject, type JsonObject, JsonProblem, parseJson } from '../../base/untrusted-json.ts';
import type { TokenizerFiles } from '../loading/load-tokenizer.ts';
import { tokenizerFileError } from './tokenizer-file-error.ts';

const LARGEST_FILE = 64 * 1024 * 1024;

/**
 * A file of the tokenizer as bytes.
 * @returns undefined when there is none    @throws ExplorerError tokenizer-file when it is too large
 */
export async function readBytes(files: TokenizerFiles, name: string): Promise<Uint8Array | undefined> {
  const bytes = await files.read(name);
  if (bytes !== undefined && bytes.byteLength > LARGEST_FILE) {
    throw tokenizerFileError(`${files.folder}/${name}`, 'it is larger than 64 MB');
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
    throw tokenizerFileError(`${files.folder}/${name}`, 'it is not UTF-8 text');
  }
}

/**
 * @param parse of its text, where there is a quicker way than JSON.parse
 * @returns its value, undefined when there is none    @throws ExplorerError tokenizer-file
 */
export async function readJson(
  files: TokenizerFiles,
  name: string,
  parse?: (text: string) => unknown,
): Promise<unknown> {
  const bytes = await readBytes(files, name);
  if (bytes === undefined) return undefined;
  try {
    return parseJson(bytes, parse);
  } catch (error) {
    if (!(error instanceof JsonProblem)) throw error;
    throw tokenizerFileError(`${files.folder}/${name}`, error.message);
  }
}

/** @returns its object, an empty one when there is none or it is something else    @throws ExplorerError tokenizer-file */
export async function readObject(files: TokenizerFiles, name: string): Promise<JsonObject> {
  const json = await readJson(files, name);
  return isObject(json) ? json : {};
}
