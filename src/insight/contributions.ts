import type { AxisLabel } from '../contract/view.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';

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
