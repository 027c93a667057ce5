import { message } from '../../contract/error.ts';
import { m2m100Tokenizer } from '../families/m2m-100.ts';
import { marianTokenizer } from '../families/marian.ts';
import { fairseqTokenizer } from '../families/mbart.ts';
import { pegasusTokenizer } from '../families/pegasus.ts';
import { t5Tokenizer } from '../families/t5.ts';
import type { Tokenizer } from '../model.ts';
import { type ModelProto, readModelProto } from '../tokenizer/sentencepiece/sentencepiece-file.ts';
import type { TextTokenizer } from '../tokenizer/text-tokenizer.ts';
import {
  readBytes,
  readJson,
  readObject,
  readSpecialNames,
  readVocabulary,
  type SpecialNames,
  type TokenizerFiles,
  tokenizerFileError,
} from '../tokenizer/tokenizer-files.ts';
import { tokenizerFromJson } from '../tokenizer/tokenizer-json.ts';
import { bytePairsJson, wordPieceJson } from '../tokenizer/vocabulary-files.ts';

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

/**
 * Tokenizers of folders without tokenizer.json: the files that the slow tokenizers of transformers read.
 * @param family `model_type` of config.json; `tokenizer_class` of tokenizer_config.json says more where it is there
 * @returns undefined when none of the files is there
 * @throws ExplorerError tokenizer-file, tokenizer-mismatch
 */
async function loadSlowTokenizer(
  files: TokenizerFiles,
  vocabulary: number,
  family: string,
): Promise<TextTokenizer | undefined> {
  const names = await readSpecialNames(files);
  const proto = async (name: string): Promise<ModelProto | undefined> => {
    const bytes = await readBytes(files, name);
    return bytes && readModelProto(bytes, `${files.folder}/${name}`);
  };
  const [source, target] = [await proto('source.spm'), await proto('target.spm')];
  if (source !== undefined || target !== undefined) {
    if (source === undefined || target === undefined) {
      const missing = source === undefined ? 'source.spm' : 'target.spm';
      throw tokenizerFileError(`${files.folder}/${missing}`, message('it is missing beside the other side’s'));
    }
    return marianTokenizer(files, { source, target }, names, vocabulary);
  }
  const piece = await proto('spiece.model');
  if (piece !== undefined) {
    const file = `${files.folder}/spiece.model`;
    const build = /pegasus/i.test(`${names.config.tokenizer_class} ${family}`) ? pegasusTokenizer : t5Tokenizer;
    return build(piece, names, vocabulary, file);
  }
  const bpe = await proto('sentencepiece.bpe.model');
  if (bpe !== undefined) return multilingual(files, bpe, names, family, vocabulary);
  const bytePairs = await bytePairsJson(files, names);
  if (bytePairs !== undefined) {
    return tokenizerFromJson(bytePairs, names.config, `${files.folder}/vocab.json`, vocabulary);
  }
  const wordPieces = await wordPieceJson(files, names);
  return wordPieces && tokenizerFromJson(wordPieces, names.config, `${files.folder}/vocab.txt`, vocabulary);
}

async function multilingual(
  files: TokenizerFiles,
  proto: ModelProto,
  names: SpecialNames,
  family: string,
  vocabulary: number,
): Promise<TextTokenizer> {
  const file = `${files.folder}/sentencepiece.bpe.model`;
  const kind = String(names.config.tokenizer_class ?? family).toLowerCase();
  const ids = /nllb|mbart/.test(kind) ? undefined : await readVocabulary(files, 'vocab.json');
  if (ids !== undefined) return m2m100Tokenizer(proto, ids, names, vocabulary, `${files.folder}/vocab.json`);
  if (/mbart50/.test(kind)) return fairseqTokenizer(proto, names, 'mbart50', vocabulary, file);
  if (/mbart/.test(kind)) return fairseqTokenizer(proto, names, 'mbart', vocabulary, file);
  if (/nllb|m2m/.test(kind)) return fairseqTokenizer(proto, names, 'nllb', vocabulary, file);
  return fairseqTokenizer(proto, names, 'xlm-roberta', vocabulary, file);
}
