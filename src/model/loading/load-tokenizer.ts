import type { Tokenizer } from '../model.ts';
import { loadSlowTokenizer } from '../tokenizer/slow/load-slow-tokenizer.ts';
import { readJson, readObject } from '../tokenizer/tokenizer-files.ts';
import { tokenizerFromJson } from '../tokenizer/tokenizer-json.ts';

/** Reads files of one folder; undefined where there is no such file. */
export interface TokenizerFiles {
  read(name: string): Promise<Uint8Array | undefined>;
  readonly folder: string;
}

/**
 * Reads a folder's tokenizer: tokenizer.json where there is one, else the files that the slow tokenizers of
 * transformers read.
 * @param vocabulary V of the model; every id must be below it    @param family `model_type` of config.json
 * @returns undefined when the folder has none
 * @throws ExplorerError tokenizer-file, tokenizer-mismatch
 */
export async function loadTokenizer(
  files: TokenizerFiles,
  vocabulary: number,
  family = '',
): Promise<Tokenizer | undefined> {
  const json = await readJson(files, 'tokenizer.json');
  if (json === undefined) return loadSlowTokenizer(files, vocabulary, family);
  const config = await readObject(files, 'tokenizer_config.json');
  return tokenizerFromJson(json, config, `${files.folder}/tokenizer.json`, vocabulary);
}
