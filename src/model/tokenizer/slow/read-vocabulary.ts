import { isObject } from '../../../base/untrusted-json.ts';
import type { TokenizerFiles } from '../../loading/load-tokenizer.ts';
import { tokenizerFileError } from '../tokenizer-file-error.ts';
import { readJson } from '../tokenizer-files.ts';
import { numbersByKey } from './numbers-by-key.ts';

/**
 * A vocabulary as JSON, {"piece": id}.
 * @returns undefined when there is no such file    @throws ExplorerError tokenizer-file
 */
export async function readVocabulary(files: TokenizerFiles, name: string): Promise<Map<string, number> | undefined> {
  const json = await readJson(files, name, (text) => numbersByKey(text) ?? JSON.parse(text));
  if (json === undefined) return undefined;
  const file = `${files.folder}/${name}`;
  if (json instanceof Map) return json as Map<string, number>;
  if (!isObject(json)) throw tokenizerFileError(file, 'it is not an object of pieces and ids');
  const vocabulary = new Map<string, number>();
  for (const [piece, id] of Object.entries(json)) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id > 0x7fffffff) {
      throw tokenizerFileError(file, `the id of “${piece.slice(0, 40)}” is not a whole number`);
    }
    vocabulary.set(piece, id);
  }
  if (vocabulary.size === 0) throw tokenizerFileError(file, 'its vocabulary is empty');
  return vocabulary;
}
