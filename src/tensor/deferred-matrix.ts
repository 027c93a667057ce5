import { widenHalves } from './half-precision.ts';
import { storedHalves } from './half-precision-product.ts';
import { type Matrix, matrix, transpose } from './matrix.ts';
import type { WeightMatrix } from './parameters.ts';

/**
 * Wᵀ of a weight that stays as it is stored: x·Wᵀ needs no turning (`linear`), and values are made where someone looks at them.
 * They are made again after memory was needed for something else: who reads them often keeps `data`.
 */
export class TurnedMatrix implements Matrix {
  readonly rows: number;
  readonly cols: number;
  #kept: WeakRef<Float32Array> | undefined;

  /** @param stored W [N, K]; this is [K, N] */
  constructor(readonly stored: WeightMatrix) {
    this.rows = stored.cols;
    this.cols = stored.rows;
  }

  get data(): Float32Array {
    const kept = this.#kept?.deref();
    if (kept !== undefined) return kept;
    const { data } = transpose('halves' in this.stored ? widened(this.stored) : this.stored);
    this.#kept = new WeakRef(data);
    return data;
  }
}

function widened(stored: Extract<WeightMatrix, { halves: Uint16Array }>): Matrix {
  const wide = matrix(stored.rows, stored.cols);
  widenHalves(storedHalves(stored), stored.kind, wide.data);
  return wide;
}

/**
 * A matrix that is computed again when it is read after memory was needed for something else: its size is known without.
 * Who reads it often keeps `data`, or what is needed of it.
 */
export class LazyMatrix implements Matrix {
  #kept: WeakRef<Float32Array> | undefined;

  /** @param compute [rows, cols], the same numbers each time */
  constructor(
    readonly rows: number,
    readonly cols: number,
    private readonly compute: () => Matrix,
  ) {}

  get data(): Float32Array {
    const kept = this.#kept?.deref();
    if (kept !== undefined) return kept;
    const { data } = this.compute();
    this.#kept = new WeakRef(data);
    return data;
  }
}
