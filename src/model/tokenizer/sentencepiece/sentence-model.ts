import { byteTokens } from '../model-pieces.ts';
import { PieceIndex } from '../piece-index.ts';
import type { ModelPiece, PieceModel } from '../piece-model.ts';
import { type Cut, Unigram } from '../unigram.ts';
import { mergePieces } from './merge-pieces.ts';
import { normalizeSentence } from './normalize-sentence.ts';
import { type ModelProto, PieceType } from './read-model-proto.ts';

/** How the ids of the model file become the ids of the checkpoint, whose vocabulary families order in their own way. */
export interface PieceIds {
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
export function sentenceModel(proto: ModelProto, ids: PieceIds): PieceModel {
  const ofType: OfType = (...types) => {
    const found: [string, number][] = [];
    for (let id = 0; id < proto.pieces.length; id++) {
      if (types.includes(proto.types[id])) found.push([proto.pieces[id], id]);
    }
    return found;
  };
  const kept = new PieceIndex(ofType(PieceType.userDefined));
  const cut = proto.type === 'unigram' ? unigram(proto, ofType) : bytePairs(proto, ofType, kept);
  const bytes = proto.byteFallback ? new Map(ofType(PieceType.byte)) : undefined;
  return {
    normalize: (text) => normalizeSentence(text, proto.normalizer, kept),
    split: (text) => [text],
    fuseUnknown: true,
    pieces(text): ModelPiece[] {
      const found: ModelPiece[] = [];
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

type OfType = (...types: readonly number[]) => [string, number][];

function unigram(proto: ModelProto, ofType: OfType): (text: string) => Cut[] {
  const normal = ofType(PieceType.normal);
  const own = ofType(PieceType.userDefined);
  let [most, least] = [0, Number.POSITIVE_INFINITY];
  for (const [, id] of normal) {
    most = Math.max(most, proto.scores[id]);
    least = Math.min(least, proto.scores[id]);
  }
  // A score that no way through other pieces reaches.
  const ownScores = new Map(own.map(([piece, id]) => [id, encoder.encode(piece).length * most - 0.1]));
  const model = new Unigram({
    pieces: own.length === 0 ? normal : [...normal, ...own],
    score: (id) => ownScores.get(id) ?? proto.scores[id],
    leastScore: normal.length === 0 ? 0 : least,
    single: true,
  });
  return (text) => model.cut(text);
}

function bytePairs(proto: ModelProto, ofType: OfType, kept: PieceIndex): (text: string) => Cut[] {
  const pieces = new Map(ofType(PieceType.normal, PieceType.userDefined, PieceType.unused));
  const table = {
    id: (piece: string) => pieces.get(piece),
    score: (id: number) => proto.scores[id],
    unused: (id: number) => proto.types[id] === PieceType.unused,
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
    return mergePieces(text, symbols, table).map(({ from, to }) => {
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
