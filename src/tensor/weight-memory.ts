import type { Float16Kind, Float16Matrix } from './half-precision.ts';

/** Moves a half-precision weight into the kernels' memory while it is read, so that it is in memory once. */
export interface OwnershipTransfer {
  /** Rows that are handed over at a time, except for the last ones; a multiple of 8. */
  readonly step: number;
  /**
   * @param from first of the rows, a multiple of 8    @param count of them    @param read writes them at once, [count, cols]
   * @returns whether all are numbers, neither NaN nor infinite; undefined where there was no memory
   */
  rows(from: number, count: number, read: (into: Uint8Array) => void): boolean | undefined;
  /** All rows are there: the weight's own `float16` stays empty. */
  done(): void;
}

/** Memory that stays where it is until it is given back. */
export interface ReservedScratch {
  readonly bytes: Uint8Array;
  giveBack(): void;
}

/** The kernels' memory, as a loader uses it: half-precision weights are read into it, or upcast by the kernels. */
export interface WeightMemory {
  /** Grows for so many half-precision values that will be owned, in one step: each step makes all views anew. */
  reserve(values: number): void;
  /**
   * So many bytes of the memory that will be taken next, for other threads to write to.
   * @returns undefined where there is no memory left
   */
  reserveScratch(bytes: number): ReservedScratch | undefined;
  /**
   * Half-precision values as 32-bit floats.
   * @param read writes them, at once    @returns whether all are numbers; undefined where there was no memory
   */
  upcast(kind: Float16Kind, read: (into: Uint8Array) => void, out: Float32Array): boolean | undefined;
  /** @returns undefined where there is no memory left: the weight then keeps its own */
  takeOwnership(weight: Float16Matrix): OwnershipTransfer | undefined;
}
