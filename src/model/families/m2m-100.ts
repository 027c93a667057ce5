import { message } from '../../contract/error.ts';
import type { ModelProto } from '../tokenizer/sentencepiece/sentencepiece-file.ts';
import { largestOf, sentenceTokenizer, tokenById } from '../tokenizer/sentencepiece/sentencepiece-tokenizer.ts';
import type { TextTokenizer } from '../tokenizer/text-tokenizer.ts';
import { type SpecialNames, tokenizerFileError } from '../tokenizer/tokenizer-files.ts';
import { sinusoidalPositions } from '../transformer/embeddings.ts';
import { bartLike, storedOr } from './bart.ts';
import type { Family } from './family.ts';
import { codedLanguages, languageCodes } from './language-codes.ts';

/** M2M-100: norms before and at the end, fairseq's sinusoids, padding at no position. Source: Fan et al. 2020. */
export const m2m100: Family = {
  type: 'm2m_100',
  build: (config, weights) => {
    const padding = config.token('pad_token_id', config.size('vocab_size')) ?? 1;
    const positions = storedOr((count, width) => {
      const table = sinusoidalPositions(count, width, 'fairseq');
      table.data.fill(0, padding * width, (padding + 1) * width);
      return table;
    }, padding + 1);
    return bartLike(config, weights, {
      normBefore: true,
      finalNorm: true,
      embeddingNorm: false,
      positionOffset: padding + 1,
      positions,
      unplaced: padding,
    });
  },
  languages: ({ tokenizer, generation, tokenizerConfig }) => {
    const wmt = tokenizerConfig?.raw('language_codes') === 'wmt21';
    const list = tokenizer.id('eng_Latn') !== undefined ? 'nllb' : wmt ? 'wmt21' : 'm2m100';
    return codedLanguages(tokenizer, list, generation, tokenizerConfig);
  },
};

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
  if (unknown === undefined) throw tokenizerFileError(file, message('it has no {piece}', { piece: unknownName }));
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
      piece: tokenById(ids),
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
