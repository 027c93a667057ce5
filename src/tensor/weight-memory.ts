import type { HalfMatrix } from './half-precision.ts';
import type { Matrix } from './matrix.ts';

/** Weights as they are held: 32-bit floats, or half-precision ones as a checkpoint stores them. */
export type StoredMatrix = Matrix | HalfMatrix;

/** Takes over a half-precision weight while it is read, so that it is in memory once. */
export interface Adoption {
  /** Rows come by as many, except the last. */
  readonly step: number;
  /**
   * @param from first of the rows, a multiple of 8    @param count of them    @param read writes them at once, [count, cols]
   * @returns whether all are numbers, neither NaN nor infinite; undefined where there was no room
   */
  rows(from: number, count: number, read: (into: Uint8Array) => void): boolean | undefined;
  /** All rows are there: the weight's own `halves` stay empty. */
  done(): void;
}
