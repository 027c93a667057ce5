/** Pieces of a model file. */
export interface PieceList {
  /** [from, to) of each text among the file's bytes, one after the other. */
  readonly places: number[];
  readonly scores: number[];
  readonly types: number[];
}

/** Wire tags of the parts of a piece: text, score, type; and of the piece in the file. */
const [TEXT, SCORE, TYPE, PIECE] = [0x0a, 0x15, 0x18, 0x0a];

/**
 * Reads pieces that are written as sentencepiece itself writes them: a text of 1 to 127 bytes, its score, and a type unless it is
 * the normal one. Nearly all are; what is written in another way is left to who called, with all its checks.
 * @param most pieces in the list
 * @returns where the first one begins that is not
 */
export function usualPieces(bytes: Uint8Array, from: number, list: PieceList, most: number): number {
  const { places, scores, types } = list;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  while (at + 10 <= bytes.length && scores.length < most) {
    const size = bytes[at + 1];
    const end = at + 2 + size;
    const text = at + 4;
    const score = text + bytes[at + 3];
    if (bytes[at] !== PIECE || size > 127 || end > bytes.length || bytes[at + 2] !== TEXT || score === text) break;
    if (bytes[at + 3] > 127 || score + 5 > end || bytes[score] !== SCORE) break;
    let type = 1;
    if (score + 7 === end && bytes[score + 5] === TYPE) type = bytes[score + 6];
    else if (score + 5 !== end) break;
    const value = view.getFloat32(score + 1, true);
    if (!Number.isFinite(value) || type < 1 || type > 6) break;
    places.push(text, score);
    scores.push(value);
    types.push(type);
    at = end;
  }
  return at;
}
