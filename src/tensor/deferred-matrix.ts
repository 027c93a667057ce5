import { upcast } from './half-precision.ts';
import { storedFloat16 } from './half-precision-product.ts';
import { type Matrix, matrix, transpose } from './matrix.ts';
import type { WeightMatrix } from './parameters.ts';

/**
 * A matrix whose size is known and whose values are computed when they are read, and again after memory was needed for
 * something else. A reader that needs the values more than once keeps what `read` returns.
 */
export class DeferredMatrix {
  readonly kind = 'deferred';
  #data: WeakRef<Float32Array> | undefined;

  /**
   * @param compute [rows, cols], the same numbers each time
   * @param transposeOf the weight W [cols, rows] that this is the transpose of: x·this is `linear(x, W)`, without reading
   */
  constructor(
    readonly rows: number,
    readonly cols: number,
    private readonly compute: () => Matrix,
    readonly transposeOf?: WeightMatrix,
  ) {}

  /** @returns [rows, cols] */
  read(): Matrix {
    const data = this.#data?.deref();
    if (data !== undefined) return matrix(this.rows, this.cols, data);
    const computed = this.compute();
    this.#data = new WeakRef(computed.data);
    return computed;
  }
}

/** Values of a matrix, computed where they are deferred. */
export function readMatrix(m: Matrix | DeferredMatrix): Matrix {
  return m.kind === 'deferred' ? m.read() : m;
}

/**
 * Wᵀ [K, N] of a weight that stays as it is stored: x·Wᵀ needs no transpose (`linear`), so that values are made only where
 * someone looks at them.
 * @param stored W [N, K]
 */
export function transposedWeight(stored: WeightMatrix): DeferredMatrix {
  const wide = () => (stored.kind === undefined ? stored : upcastMatrix(stored));
  return new DeferredMatrix(stored.cols, stored.rows, () => transpose(wide()), stored);
}

function upcastMatrix(stored: Exclude<WeightMatrix, Matrix>): Matrix {
  const wide = matrix(stored.rows, stored.cols);
  upcast(storedFloat16(stored), stored.kind, wide.data);
  return wide;
}
