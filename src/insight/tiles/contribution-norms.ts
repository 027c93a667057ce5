import type { AttentionRecord } from '../../attention/attention-record.ts';
import { readMatrix } from '../../tensor/deferred-matrix.ts';
import { columns, type Matrix, matrix, rows } from '../../tensor/matrix.ts';
import { matmul } from '../../tensor/matrix-product.ts';
import type { Spans } from './row-request.ts';

/** Values that are projected at a time. */
const BLOCK = 1024;

/**
 * How much of the context a column brings, ‖Σ w·v‖₂ over its pieces, from the weights alone: the norm of a single value, and
 * the products of all pairs of values of a word (Gram matrix), since ‖Σ w·v‖² = wᵀ·G·w. O(S) numbers for words of bounded
 * length, and no value is read again.
 */
export class ContributionNorms {
  /** Where the Gram matrix of each column begins, row-major; of one piece it is its norm. */
  readonly #at: Int32Array;
  readonly #products: Float64Array;
  /** By column, where each is one piece. */
  readonly norms: Float32Array | undefined;

  /** @param values [S, dᵥ], or what becomes of them */
  constructor(
    values: Matrix,
    private readonly cols: Spans,
  ) {
    this.#at = new Int32Array(cols.count + 1);
    for (let c = 0; c < cols.count; c++) this.#at[c + 1] = this.#at[c] + (cols.to[c] - cols.from[c]) ** 2;
    this.#products = new Float64Array(this.#at[cols.count]);
    for (let c = 0; c < cols.count; c++) {
      const size = cols.to[c] - cols.from[c];
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          const product = dot(values, cols.from[c] + i, cols.from[c] + j);
          this.#products[this.#at[c] + i * size + j] = size === 1 ? Math.sqrt(product) : product;
        }
      }
    }
    this.norms = cols.plain ? Float32Array.from(this.#products) : undefined;
  }

  /** @param weights of one query, with those of the column's pieces from `first` on */
  norm(col: number, weights: Float32Array, first: number): number {
    const at = this.#at[col];
    const size = this.cols.to[col] - this.cols.from[col];
    if (size === 1) return weights[first] * this.#products[at];
    let square = 0;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++)
        square += weights[first + i] * weights[first + j] * this.#products[at + i * size + j];
    }
    return Math.sqrt(Math.max(0, square));
  }
}

/** The values of a head, [S, dᵥ], or through its rows of W_O, [S, D]. */
export function contributionNorms(
  record: AttentionRecord,
  head: number,
  projected: boolean,
  cols: Spans,
): ContributionNorms {
  const width = record.v.cols / record.heads;
  const values = columns(readMatrix(record.v), head * width, (head + 1) * width);
  if (!projected) return new ContributionNorms(values, cols);
  const out = rows(readMatrix(record.outputWeight), head * width, (head + 1) * width);
  const all = matrix(values.rows, out.cols);
  for (let from = 0; from < values.rows; from += BLOCK) {
    const some = matmul(rows(values, from, Math.min(values.rows, from + BLOCK)), out);
    all.data.set(some.data, from * out.cols);
  }
  return new ContributionNorms(all, cols);
}

function dot({ data, cols }: Matrix, i: number, j: number): number {
  let sum = 0;
  for (let d = 0; d < cols; d++) sum += data[i * cols + d] * data[j * cols + d];
  return sum;
}
