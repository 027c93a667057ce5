import type { ModelProto } from '../tokenizer/sentencepiece/sentencepiece-file.ts';
import { sentenceTokenizer } from '../tokenizer/sentencepiece/sentencepiece-tokenizer.ts';
import type { TextTokenizer } from '../tokenizer/text-tokenizer.ts';
import type { SpecialNames } from '../tokenizer/tokenizer-files.ts';
import { sinusoidalPositions } from '../transformer/embeddings.ts';
import { bartLike, storedOr } from './bart.ts';
import type { Family } from './family.ts';

/** Pegasus: norms before and at the end, Marian's positions. Source: Zhang et al. 2020. */
export const pegasus: Family = {
  type: 'pegasus',
  build: (config, weights) =>
    bartLike(config, weights, {
      normBefore: true,
      finalNorm: true,
      embeddingNorm: false,
      positionOffset: 0,
      positions: storedOr((count, width) => sinusoidalPositions(count, width, 'marian')),
    }),
};

/** Ids before the first piece: padding, end, and what was used in pretraining alone. */
const OFFSET = 103;

/**
 * Pegasus: the ids of spiece.model, moved on by 103.
 * Source: transformers, tokenization_pegasus.py.
 */
export function pegasusTokenizer(
  proto: ModelProto,
  names: SpecialNames,
  vocabulary: number,
  file: string,
): TextTokenizer {
  const { config } = names;
  const offset = typeof config.offset === 'number' && config.offset >= 0 ? Math.floor(config.offset) : OFFSET;
  const specials = new Map([
    [names.name('pad', '<pad>'), 0],
    [names.name('eos', '</s>'), 1],
  ]);
  if (offset > 3) {
    specials.set(names.name('mask_sent', '<mask_1>'), 2);
    specials.set(names.name('mask', '<mask_2>'), 3);
    for (let i = 2; i < offset; i++) specials.set(`<unk_${i}>`, i + 2);
  }
  const unknown = proto.unknown + offset;
  specials.set(names.name('unk', '<unk>'), unknown);
  return sentenceTokenizer(
    {
      proto,
      id: (_, id) => (id === proto.unknown ? undefined : id + offset),
      piece: (id) => proto.pieces[id - offset],
      specials,
      extra: names.extra,
      unknown,
      before: [],
      after: [names.name('eos', '</s>')],
      largest: proto.types.length - 1 + offset,
      file,
    },
    vocabulary,
  );
}
