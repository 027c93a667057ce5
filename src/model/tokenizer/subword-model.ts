import type { MappedText } from './mapped-text.ts';

/** One piece of a pre-token: units [from, to) of it. */
export interface ModelPiece {
  readonly token: string;
  /** −1 where neither the piece nor an unknown token has an id: it is left out. */
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly unknown: boolean;
}

/** How text becomes pieces and ids become text, whatever files it was read from. */
export interface PieceModel {
  /** Text between added tokens → the text that is cut, with the way back. */
  normalize(text: MappedText): MappedText;
  /** @param section number of the part between added tokens */
  split(text: MappedText, section: number): MappedText[];
  /** Pieces of one part, in order; several may stand for the same units (bytes of a character). */
  pieces(text: string): readonly ModelPiece[];
  /** Runs of unknown pieces are one unknown piece. */
  readonly fuseUnknown: boolean;
  piece(id: number): string | undefined;
  id(piece: string): number | undefined;
  decode(ids: readonly number[]): string;
}
