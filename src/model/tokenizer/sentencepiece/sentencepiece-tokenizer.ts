import { byteTokens } from '../model-pieces.ts';
import { PieceIndex } from '../prefix-index.ts';
import type { ModelPiece, PieceModel } from '../subword-model.ts';
import { type Cut, Unigram } from '../unigram.ts';
import { mergePieces } from './byte-pair-merging.ts';
import { type ModelProto, PieceType } from './sentencepiece-file.ts';
import { normalizeSentence } from './sentencepiece-normalizer.ts';

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
  const kept = new PieceIndex();
  for (const id of idsOf(proto, PieceType.userDefined)) kept.add(proto.texts.at(id), id);
  // Made for the first text: a folder may be read for its names alone, or only one of its two sides be used.
  let made: ((text: string) => Cut[]) | undefined;
  const cut = (text: string): Cut[] => {
    made ??= proto.type === 'unigram' ? unigram(proto) : bytePairs(proto, kept);
    return made(text);
  };
  const bytes = proto.byteFallback
    ? new Map(idsOf(proto, PieceType.byte).map((id) => [proto.texts.at(id), id]))
    : undefined;
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

/** Ids of a type, in order. */
function idsOf({ types }: ModelProto, type: number): number[] {
  const found: number[] = [];
  for (let id = types.indexOf(type); id >= 0; id = types.indexOf(type, id + 1)) found.push(id);
  return found;
}

function unigram(proto: ModelProto): (text: string) => Cut[] {
  const { texts, scores, types } = proto;
  const index = new PieceIndex();
  let [most, least] = [0, Number.POSITIVE_INFINITY];
  for (let id = 0; id < types.length; id++) {
    if (types[id] !== PieceType.normal) continue;
    index.add(texts.text, id, texts.start(id), texts.ends[id]);
    if (scores[id] > most) most = scores[id];
    if (scores[id] < least) least = scores[id];
  }
  // A score that no way through other pieces reaches.
  const ownScores = new Map<number, number>();
  for (const id of idsOf(proto, PieceType.userDefined)) {
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

function bytePairs(proto: ModelProto, kept: PieceIndex): (text: string) => Cut[] {
  const pieces = new Map<string, number>();
  const { normal, userDefined, unused }: Readonly<Record<string, number>> = PieceType;
  for (let id = 0; id < proto.types.length; id++) {
    const type = proto.types[id];
    if (type === normal || type === userDefined || type === unused) pieces.set(proto.texts.at(id), id);
  }
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
