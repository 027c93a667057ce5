import type { ModelProto } from '../tokenizer/sentencepiece/sentencepiece-file.ts';
import { sentenceTokenizer } from '../tokenizer/sentencepiece/sentencepiece-tokenizer.ts';
import type { TextTokenizer } from '../tokenizer/text-tokenizer.ts';
import type { SpecialNames } from '../tokenizer/tokenizer-files.ts';
import { bartLike, learnedPositions } from './bart.ts';
import type { Family } from './family.ts';
import { type CodeList, codedLanguages, languageCodes } from './language-codes.ts';

/** mBART: BART with norms before and at the end. Source: Liu et al. 2020. */
export const mbart: Family = {
  type: 'mbart',
  build: (config, weights) =>
    bartLike(config, weights, {
      normBefore: true,
      finalNorm: true,
      embeddingNorm: true,
      positionOffset: 2,
      positions: learnedPositions(2),
    }),
  languages: ({ tokenizer, generation, tokenizerConfig }) => {
    // The first 25 languages are the same.
    const list = tokenizer.id('af_ZA') === undefined ? 'mbart' : 'mbart50';
    return codedLanguages(tokenizer, list, generation, tokenizerConfig);
  },
};

/** Special tokens as fairseq numbers them; the model file's own come first in another order. */
const FIRST = ['<s>', '<pad>', '</s>', '<unk>'];
const UNKNOWN = 3;
const OFFSET = 1;

/** Which code a text stands under where nobody chose. */
const DEFAULTS: Readonly<Record<'mbart' | 'mbart50' | 'nllb', string>> = {
  mbart: 'en_XX',
  mbart50: 'en_XX',
  nllb: 'eng_Latn',
};

/**
 * mBART, mBART-50, NLLB and XLM-RoBERTa: the ids of sentencepiece.bpe.model moved on by one, fairseq's special tokens
 * before them, language codes and the mask after them.
 * Source: transformers, tokenization_mbart.py, _mbart50.py, _nllb.py, _xlm_roberta.py.
 */
export function fairseqTokenizer(
  proto: ModelProto,
  names: SpecialNames,
  kind: 'mbart' | 'mbart50' | 'nllb' | 'xlm-roberta',
  vocabulary: number,
  file: string,
): TextTokenizer {
  const first = proto.types.length + OFFSET;
  const specials = new Map(FIRST.map((name, id) => [name, id]));
  const codes = kind === 'xlm-roberta' ? [] : languageCodes(kind satisfies CodeList);
  const given = new Map(names.extra.map(({ content, id }) => [content, id]));
  for (const [i, code] of codes.entries()) specials.set(code, given.get(code) ?? first + i);
  specials.set(names.name('mask', '<mask>'), given.get('<mask>') ?? first + codes.length);
  for (const { content, id, special } of names.extra) if (special) specials.set(content, id);
  return sentenceTokenizer(
    {
      proto,
      id: (_, id) => (id === proto.unknown ? undefined : id + OFFSET),
      piece: (id) => proto.pieces[id - OFFSET],
      specials,
      extra: names.extra,
      unknown: UNKNOWN,
      ...around(kind, names),
      largest: first - 1,
      file,
    },
    vocabulary,
  );
}

function around(kind: 'mbart' | 'mbart50' | 'nllb' | 'xlm-roberta', { config }: SpecialNames) {
  if (kind === 'xlm-roberta') return { before: ['<s>'], after: ['</s>'] };
  const code = typeof config.src_lang === 'string' ? config.src_lang : DEFAULTS[kind];
  // mBART, and NLLB as it was first published, put the code at the end.
  const last = kind === 'mbart' || (kind === 'nllb' && config.legacy_behaviour === true);
  return last ? { before: [], after: ['</s>', code] } : { before: [code], after: ['</s>'] };
}
