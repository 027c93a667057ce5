import { message } from '../../contract/error.ts';
import type { Languages, Tokenizer } from '../model.ts';
import type { ModelProto } from '../tokenizer/sentencepiece/sentencepiece-file.ts';
import { largestOf, sentenceTokenizer, tokenById } from '../tokenizer/sentencepiece/sentencepiece-tokenizer.ts';
import type { TextTokenizer } from '../tokenizer/text-tokenizer.ts';
import {
  readVocabulary,
  type SpecialNames,
  type TokenizerFiles,
  tokenizerFileError,
} from '../tokenizer/tokenizer-files.ts';
import { sinusoidalPositions } from '../transformer/embeddings.ts';
import { bartLike, storedOr } from './bart.ts';
import type { Family } from './family.ts';
import { languageTag } from './language-codes.ts';

/** Marian: norms after, sinusoidal positions, bias on the logits. Source: Junczys-Dowmunt et al. 2018. */
export const marian: Family = {
  type: 'marian',
  build: (config, weights) =>
    bartLike(config, weights, {
      normBefore: false,
      finalNorm: false,
      embeddingNorm: false,
      positionOffset: 0,
      positions: storedOr((count, width) => sinusoidalPositions(count, width, 'marian')),
    }),
  languages: ({ tokenizer }) => marianLanguages(tokenizer),
};

const TAG = /^>>[^<>\s]+<<$/;

/** opus-mt: a tag of the target's language, `>>fra<<`, first in the source. */
function marianLanguages(tokenizer: Tokenizer): Languages {
  const tags = [...tokenizer.specials.keys()].filter((name) => TAG.test(name));
  return {
    directions: tags.map((token) => ({ token, language: languageTag(token) })),
    sources: [],
    frame: ({ direction }) => ({
      source: direction ? { prefix: direction } : {},
      target: { side: 'target' },
    }),
  };
}

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
  if (ids === undefined) throw tokenizerFileError(file, message('it is missing beside source.spm and target.spm'));
  if ((await files.read('target_vocab.json')) !== undefined) {
    throw tokenizerFileError(
      `${files.folder}/target_vocab.json`,
      message('vocabularies of their own for the two sides can’t be read'),
    );
  }
  const unknownName = names.name('unk', '<unk>');
  const unknown = ids.get(unknownName);
  if (unknown === undefined) throw tokenizerFileError(file, message('it has no {piece}', { piece: unknownName }));
  const specials = new Map([[unknownName, unknown]]);
  const after = names.name('eos', '</s>');
  if (!ids.has(after)) throw tokenizerFileError(file, message('it has no {piece}', { piece: after }));
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
      piece: tokenById(ids),
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
