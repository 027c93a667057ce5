import type { AddedToken } from '../added-tokens.ts';
import type { ModelProto } from '../sentencepiece/sentencepiece-file.ts';
import { sentenceModel } from '../sentencepiece/sentencepiece-tokenizer.ts';
import { TextTokenizer } from '../text-tokenizer.ts';
import { checkVocabulary } from '../tokenizer-json.ts';
import type { ExtraToken } from './special-names.ts';

/** A tokenizer over SentencePiece files: which ids a family gives their pieces, and its special tokens. */
export interface SentenceTokenizer {
  readonly proto: ModelProto;
  /** For the target, where it has a file of its own. */
  readonly targetProto?: ModelProto;
  /**
   * Ids of the checkpoint for pieces of text, undefined where a piece has none.
   * @param id in the model file; the unknown piece's for what no piece covers
   */
  readonly id: (piece: string, id: number, proto: ModelProto) => number | undefined;
  /** The other way round. */
  readonly piece: (id: number) => string | undefined;
  /** Special tokens by name; text is never taken for one. */
  readonly specials: ReadonlyMap<string, number>;
  readonly extra: readonly ExtraToken[];
  readonly unknown: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Largest id in the files. */
  readonly largest: number;
  readonly file: string;
}

/** @throws ExplorerError tokenizer-mismatch when the files know more ids than the model */
export function sentenceTokenizer(from: SentenceTokenizer, vocabulary: number): TextTokenizer {
  const specials = new Map(from.specials);
  const rawAdded = new Map<string, AddedToken>();
  for (const token of from.extra) {
    if (specials.has(token.content)) continue;
    if (token.special) specials.set(token.content, token.id);
    else rawAdded.set(token.content, token);
  }
  const largest = [...specials.values(), ...[...rawAdded.values()].map(({ id }) => id)].reduce(
    (most, id) => Math.max(most, id),
    from.largest,
  );
  checkVocabulary(largest, vocabulary, from.file);
  const named = new Map([...rawAdded].map(([content, { id }]) => [id, content]));
  const model = (proto: ModelProto) => {
    // Asked for by name is hardly anything but special tokens.
    let own: Map<string, number> | undefined;
    const ownId = (piece: string): number => {
      own ??= new Map(proto.pieces.map((one, id) => [one, id]));
      return own.get(piece) ?? proto.unknown;
    };
    return sentenceModel(proto, {
      id: (piece, id) => (specials.has(piece) ? undefined : from.id(piece, id, proto)),
      piece: (id) => named.get(id) ?? from.piece(id),
      named: (piece) => rawAdded.get(piece)?.id ?? from.id(piece, ownId(piece), proto),
      unknown: from.unknown,
    });
  };
  return new TextTokenizer({
    model: model(from.proto),
    targetModel: from.targetProto && model(from.targetProto),
    before: from.before,
    after: from.after,
    rawAdded,
    normalizedAdded: new Map(),
    specials,
    unknown: from.unknown,
    style: { byteLevel: false, prefix: '', suffixes: [] },
    vocabulary,
    file: from.file,
  });
}
