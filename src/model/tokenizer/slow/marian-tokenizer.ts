import type { TokenizerFiles } from '../../loading/load-tokenizer.ts';
import type { ModelProto } from '../sentencepiece/sentencepiece-file.ts';
import type { TextTokenizer } from '../text-tokenizer.ts';
import { tokenizerFileError } from '../tokenizer-file-error.ts';
import { pieceById } from './piece-by-id.ts';
import { readVocabulary } from './read-vocabulary.ts';
import { sentenceTokenizer } from './sentence-tokenizer.ts';
import type { SpecialNames } from './special-names.ts';

/** Language tags of multilingual checkpoints stand in the vocabulary. */
const LANGUAGE_TAG = /^>>[^<>\s]+<<$/;

/**
 * opus-mt: a SentencePiece file for either side, whose pieces get their ids from one vocab.json. A piece that the
 * vocabulary does not have is unknown, whatever the file says.
 * @throws ExplorerError tokenizer-file
 * Source: transformers, tokenization_marian.py.
 */
export async function marianTokenizer(
  files: TokenizerFiles,
  protos: { readonly source: ModelProto; readonly target: ModelProto },
  names: SpecialNames,
  vocabulary: number,
): Promise<TextTokenizer> {
  const file = `${files.folder}/vocab.json`;
  const ids = await readVocabulary(files, 'vocab.json');
  if (ids === undefined) throw tokenizerFileError(file, 'it is missing beside source.spm and target.spm');
  if ((await files.read('target_vocab.json')) !== undefined) {
    throw tokenizerFileError(
      `${files.folder}/target_vocab.json`,
      'vocabularies of their own for the two sides can’t be read',
    );
  }
  const unknownName = names.name('unk', '<unk>');
  const unknown = ids.get(unknownName);
  if (unknown === undefined) throw tokenizerFileError(file, `it has no ${unknownName}`);
  const specials = new Map([[unknownName, unknown]]);
  const after = names.name('eos', '</s>');
  if (!ids.has(after)) throw tokenizerFileError(file, `it has no ${after}`);
  const named = [after, names.name('pad', '<pad>'), ...names.additional];
  for (const piece of ids.keys()) if (piece.startsWith('>>') && LANGUAGE_TAG.test(piece)) named.push(piece);
  for (const piece of named) {
    const id = ids.get(piece);
    if (id !== undefined) specials.set(piece, id);
  }
  return sentenceTokenizer(
    {
      proto: protos.source,
      targetProto: protos.target,
      id: (piece) => ids.get(piece),
      piece: pieceById(ids),
      specials,
      extra: names.extra,
      unknown,
      before: [],
      after: [after],
      largest: largestOf(ids.values()),
      file,
    },
    vocabulary,
  );
}

/** Without spreading: vocabularies are longer than argument lists may be. */
export function largestOf(ids: Iterable<number>): number {
  let most = -1;
  for (const id of ids) most = Math.max(most, id);
  return most;
}
