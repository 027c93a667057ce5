import type { AddedToken } from '../added-tokens.ts';
import { PrefixIndex } from '../prefix-index.ts';
import { byteTokens, type Subword, type SubwordModel } from '../subword-model.ts';
import { TextTokenizer } from '../text-tokenizer.ts';
import type { ExtraToken } from '../tokenizer-files.ts';
import { checkVocabulary } from '../tokenizer-json.ts';
import { type Cut, Unigram } from '../unigram.ts';
import { mergeBytePairs } from './byte-pair-merging.ts';
import { type ModelProto, TokenType } from './sentencepiece-file.ts';
import { normalizeSentence } from './sentencepiece-normalizer.ts';

/** How the ids of the model file become the ids of the checkpoint, whose vocabulary families order in their own way. */
export interface TokenIds {
  /** @param id in the model file; unknown pieces come with its unknown id    @returns undefined where it has none */
  id(piece: string, id: number): number | undefined;
  piece(id: number): string | undefined;
  /** Of a piece by its name. */
  named(piece: string): number | undefined;
  /** The checkpoint's unknown token. */
  readonly unknown: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const BYTE = /^<0x([0-9A-F]{2})>$/;

/** A SentencePiece model that cuts text into the ids of a checkpoint. */
export function sentenceModel(proto: ModelProto, ids: TokenIds): SubwordModel {
  const kept = new PrefixIndex();
  for (const id of idsOf(proto, TokenType.userDefined)) kept.add(proto.texts.at(id), id);
  // Made for the first text: a folder may be read for its names alone, or only one of its two sides be used.
  let made: ((text: string) => Cut[]) | undefined;
  const cut = (text: string): Cut[] => {
    made ??= proto.type === 'unigram' ? unigram(proto) : bytePairs(proto, kept);
    return made(text);
  };
  const bytes = proto.byteFallback
    ? new Map(idsOf(proto, TokenType.byte).map((id) => [proto.texts.at(id), id]))
    : undefined;
  return {
    normalize: (text) => normalizeSentence(text, proto.normalizer, kept),
    split: (text) => [text],
    fuseUnknown: true,
    pieces(text): Subword[] {
      const found: Subword[] = [];
      const push = (token: string, id: number, from: number, to: number) => {
        const known = ids.id(token, id);
        found.push({ token, id: known ?? ids.unknown, from, to, unknown: known === undefined });
      };
      // Runs of unknown pieces are one, before its id is looked up.
      for (const { id, from, to } of fused(cut(text), bytes !== undefined)) {
        const token = text.slice(from, to);
        if (id >= 0 || bytes === undefined) push(token, id < 0 ? proto.unknown : id, from, to);
        else for (const byte of byteTokens(token)) push(byte, bytes.get(byte)!, from, to);
      }
      return found;
    },
    piece: (id) => ids.piece(id),
    id: (piece) => ids.named(piece),
    decode: (all) => decodePieces(all.map((id) => ids.piece(id) ?? '')),
  };
}

/** Ids of a type, in order. */
function idsOf({ types }: ModelProto, type: number): number[] {
  const found: number[] = [];
  for (let id = types.indexOf(type); id >= 0; id = types.indexOf(type, id + 1)) found.push(id);
  return found;
}

function unigram(proto: ModelProto): (text: string) => Cut[] {
  const { texts, scores, types } = proto;
  const index = new PrefixIndex();
  let [most, least] = [0, Number.POSITIVE_INFINITY];
  for (let id = 0; id < types.length; id++) {
    if (types[id] !== TokenType.normal) continue;
    index.add(texts.text, id, texts.start(id), texts.ends[id]);
    if (scores[id] > most) most = scores[id];
    if (scores[id] < least) least = scores[id];
  }
  // A score that no way through other pieces reaches.
  const ownScores = new Map<number, number>();
  for (const id of idsOf(proto, TokenType.userDefined)) {
    index.add(texts.at(id), id);
    ownScores.set(id, encoder.encode(texts.at(id)).length * most - 0.1);
  }
  const model = new Unigram({
    pieces: index,
    score: (id) => ownScores.get(id) ?? scores[id],
    leastScore: least === Number.POSITIVE_INFINITY ? 0 : least,
    single: true,
  });
  return (text) => model.cut(text);
}

function bytePairs(proto: ModelProto, kept: PrefixIndex): (text: string) => Cut[] {
  const pieces = new Map<string, number>();
  const { normal, userDefined, unused }: Readonly<Record<string, number>> = TokenType;
  for (let id = 0; id < proto.types.length; id++) {
    const type = proto.types[id];
    if (type === normal || type === userDefined || type === unused) pieces.set(proto.texts.at(id), id);
  }
  const table = {
    id: (piece: string) => pieces.get(piece),
    score: (id: number) => proto.scores[id],
    unused: (id: number) => proto.types[id] === TokenType.unused,
  };
  return (text) => {
    const symbols: { from: number; to: number; frozen: boolean }[] = [];
    for (let at = 0; at < text.length; ) {
      let symbol = 0;
      kept.prefixes(text, at, (_, end) => {
        symbol = end;
      });
      const to = symbol || at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
      symbols.push({ from: at, to, frozen: symbol > 0 });
      at = to;
    }
    return mergeBytePairs(text, symbols, table).map(({ from, to }) => {
      return { id: pieces.get(text.slice(from, to)) ?? -1, from, to };
    });
  };
}

/** Neighbouring unknown pieces as one, unless each is spelt in bytes. */
function fused(cuts: readonly Cut[], spelt: boolean): readonly Cut[] {
  if (spelt) return cuts;
  const found: Cut[] = [];
  for (const cut of cuts) {
    const last = found.at(-1);
    if (last !== undefined && last.id < 0 && cut.id < 0) found[found.length - 1] = { ...last, to: cut.to };
    else found.push(cut);
  }
  return found;
}

/** Text of pieces: marks become spaces, runs of byte pieces the characters that they spell. */
function decodePieces(pieces: readonly string[]): string {
  let text = '';
  let spelt: number[] = [];
  const flush = () => {
    text += decoder.decode(Uint8Array.from(spelt));
    spelt = [];
  };
  for (const piece of pieces) {
    const byte = BYTE.exec(piece);
    if (byte) spelt.push(Number.parseInt(byte[1], 16));
    else {
      flush();
      text += piece.replaceAll('▁', ' ');
    }
  }
  flush();
  return text;
}

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

/** The other way round of a vocabulary, turned when it is first asked for; of pieces with the same id the last counts. */
export function tokenById(ids: ReadonlyMap<string, number>): (id: number) => string | undefined {
  let pieces: Map<number, string> | undefined;
  return (id) => {
    if (pieces === undefined) {
      pieces = new Map();
      for (const [piece, one] of ids) pieces.set(one, piece);
    }
    return pieces.get(id);
  };
}

/** Without spreading: vocabularies are longer than argument lists may be. */
export function largestOf(ids: Iterable<number>): number {
  let most = -1;
  for (const id of ids) most = Math.max(most, id);
  return most;
}
