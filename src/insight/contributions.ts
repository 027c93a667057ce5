import type { AttentionRecord } from '../attention/attention-record.ts';
import type { HeadTrace } from '../attention/head-trace.ts';
import type { AxisLabel } from '../contract/view.ts';
import { readMatrix } from '../tensor/deferred-matrix.ts';
import { type Matrix, matrix, rows as rowsOf } from '../tensor/matrix.ts';
import { matmul } from '../tensor/matrix-product.ts';

type Span = Pick<AxisLabel, 'from' | 'to'>;

/**
 * How much of the context each column brings: ‖Σ w·v‖₂ over its pieces, averaged over the row's pieces.
 * Not the sum of the pieces' norms: vectors that point apart cancel, in the model as here.
 * @param weights [T, S]    @param values [S, dᵥ]    @returns [rows, cols]
 * Cost: S·dᵥ multiplications for columns of one piece, T·S·dᵥ for the pieces of others.
 */
export function contributionMatrix(
  weights: Matrix,
  values: Matrix,
  rows: readonly Span[],
  cols: readonly Span[],
): Matrix {
  const result = matrix(rows.length, cols.length);
  cols.forEach((col, c) => {
    const normAt = col.to - col.from === 1 ? ofOne(weights, values, col.from) : ofSeveral(weights, values, col);
    rows.forEach((row, r) => {
      let norms = 0;
      for (let t = row.from; t < row.to; t++) norms += normAt(t);
      result.data[r * cols.length + c] = norms / (row.to - row.from);
    });
  });
  return result;
}

/** ‖w·v‖ = w·‖v‖, since no weight is negative. */
function ofOne(weights: Matrix, values: Matrix, s: number): (t: number) => number {
  const norm = length(values.data.subarray(s * values.cols, (s + 1) * values.cols));
  return (t) => weights.data[t * weights.cols + s] * norm;
}

function ofSeveral(weights: Matrix, values: Matrix, col: Span): (t: number) => number {
  const sum = new Float64Array(values.cols);
  return (t) => {
    sum.fill(0);
    for (let s = col.from; s < col.to; s++) {
      const weight = weights.data[t * weights.cols + s];
      for (let d = 0; d < sum.length; d++) sum[d] += weight * values.data[s * values.cols + d];
    }
    return length(sum);
  };
}

function length(vector: Float32Array | Float64Array): number {
  let square = 0;
  for (const component of vector) square += component * component;
  return Math.sqrt(square);
}

/**
 * Value-weighted attention of one head: ‖w·v·W_O‖₂, what each key brings to the layer's output. v has its bias, W_O is
 * the head's rows of it, the output's bias belongs to no key. Words: the vectors of a column's pieces are added before
 * the norm is taken, rows are averaged.
 * @returns [rows, cols]
 * Cost: S·dᵥ·D + T·S·D multiplications. Source: Kobayashi et al. 2020, "Attention is Not Only a Weight", eq. 6.
 */
export function valueWeighted(
  record: AttentionRecord,
  head: number,
  { weights, v }: Pick<HeadTrace, 'weights' | 'v'>,
  rows: readonly Span[],
  cols: readonly Span[],
): Matrix {
  const projected = matmul(v, rowsOf(readMatrix(record.outputWeight), head * v.cols, (head + 1) * v.cols));
  return contributionMatrix(weights, projected, rows, cols);
}
