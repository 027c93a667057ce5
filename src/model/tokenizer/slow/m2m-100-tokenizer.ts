import { languageCodes } from '../../families/language-codes.ts';
import type { ModelProto } from '../sentencepiece/sentencepiece-file.ts';
import type { TextTokenizer } from '../text-tokenizer.ts';
import { tokenizerFileError } from '../tokenizer-file-error.ts';
import { largestOf } from './marian-tokenizer.ts';
import { pieceById } from './piece-by-id.ts';
import { sentenceTokenizer } from './sentence-tokenizer.ts';
import type { SpecialNames } from './special-names.ts';

/**
 * M2M-100: pieces of sentencepiece.bpe.model with their ids from vocab.json, language tokens (`__en__`) after them.
 * Source: transformers, tokenization_m2m_100.py.
 */
export function m2m100Tokenizer(
  proto: ModelProto,
  ids: ReadonlyMap<string, number>,
  names: SpecialNames,
  vocabulary: number,
  file: string,
): TextTokenizer {
  const unknownName = names.name('unk', '<unk>');
  const unknown = ids.get(unknownName);
  if (unknown === undefined) throw tokenizerFileError(file, `it has no ${unknownName}`);
  const specials = new Map([[unknownName, unknown]]);
  for (const [part, fallback] of [
    ['bos', '<s>'],
    ['eos', '</s>'],
    ['pad', '<pad>'],
  ]) {
    const name = names.name(part, fallback);
    const id = ids.get(name);
    if (id !== undefined) specials.set(name, id);
  }
  const codes = languageCodes(names.config.language_codes === 'wmt21' ? 'wmt21' : 'm2m100');
  for (const [i, code] of codes.entries()) specials.set(code, ids.size + i);
  const source = typeof names.config.src_lang === 'string' ? names.config.src_lang : 'en';
  return sentenceTokenizer(
    {
      proto,
      id: (piece) => ids.get(piece),
      piece: pieceById(ids),
      specials,
      extra: names.extra.filter(({ content }) => !specials.has(content)),
      unknown,
      before: [`__${source}__`],
      after: [names.name('eos', '</s>')],
      largest: largestOf(ids.values()),
      file,
    },
    vocabulary,
  );
}
