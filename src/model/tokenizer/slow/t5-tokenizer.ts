import { type ModelProto, PieceType } from '../sentencepiece/sentencepiece-file.ts';
import type { TextTokenizer } from '../text-tokenizer.ts';
import { sentenceTokenizer } from './sentence-tokenizer.ts';
import type { SpecialNames } from './special-names.ts';

/** Sentinels that T5 has where its files name no other number. */
const EXTRA_IDS = 100;

const MOST_EXTRA_IDS = 10_000;

/**
 * T5 and mT5: the ids of spiece.model; after them the sentinels, `<extra_id_0>` last.
 * Source: transformers, tokenization_t5.py.
 */
export function t5Tokenizer(proto: ModelProto, names: SpecialNames, vocabulary: number, file: string): TextTokenizer {
  const size = proto.types.length;
  const count = names.config.extra_ids ?? EXTRA_IDS;
  const extra = typeof count === 'number' && count >= 0 ? Math.min(Math.floor(count), MOST_EXTRA_IDS) : EXTRA_IDS;
  const specials = controlPieces(proto);
  const sentinels = new Map<string, number>();
  for (let i = 0; i < extra; i++) {
    const id = size + extra - 1 - i;
    // mT5's vocabulary has its sentinels in spiece.model; where the config does not say so, they end outside.
    if (id < vocabulary) sentinels.set(`<extra_id_${i}>`, id);
  }
  for (const { content, id } of names.extra) if (sentinels.has(content)) sentinels.set(content, id);
  for (const [name, id] of sentinels) if (!specials.has(name)) specials.set(name, id);
  return sentenceTokenizer(
    {
      proto,
      id: (_, id) => (id === proto.unknown ? undefined : id),
      piece: (id) => proto.pieces[id],
      specials,
      extra: names.extra,
      unknown: proto.unknown,
      before: [],
      after: [names.name('eos', '</s>')],
      largest: size - 1,
      file,
    },
    vocabulary,
  );
}

/** Control and unknown pieces, with their ids in the model file. */
export function controlPieces(proto: ModelProto): Map<string, number> {
  const found = new Map<string, number>();
  for (const [id, piece] of proto.pieces.entries()) {
    if (proto.types[id] === PieceType.control || proto.types[id] === PieceType.unknown) found.set(piece, id);
  }
  return found;
}
