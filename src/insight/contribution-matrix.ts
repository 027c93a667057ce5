import type { AxisLabel } from '../protocol/exploration-view.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';

type Span = Pick<AxisLabel, 'from' | 'to'>;

/**
 * How much of the context each column brings: ‖Σ w·v‖₂ over its pieces, averaged over the row's pieces.
 * Not the sum of the pieces' norms: vectors that point apart cancel, in the model as here.
 * @param weights [T, S]    @param values [S, dᵥ]    @returns [rows, cols]
 * Cost: T·S·dᵥ multiplications.
 */
export function contributionMatrix(
  weights: Matrix,
  values: Matrix,
  rows: readonly Span[],
  cols: readonly Span[],
): Matrix {
  const result = matrix(rows.length, cols.length);
  const sum = new Float64Array(values.cols);
  rows.forEach((row, r) => {
    cols.forEach((col, c) => {
      let norms = 0;
      for (let t = row.from; t < row.to; t++) {
        sum.fill(0);
        for (let s = col.from; s < col.to; s++) {
          const weight = weights.data[t * weights.cols + s];
          for (let d = 0; d < sum.length; d++) sum[d] += weight * values.data[s * values.cols + d];
        }
        let square = 0;
        for (const component of sum) square += component * component;
        norms += Math.sqrt(square);
      }
      result.data[r * cols.length + c] = norms / (row.to - row.from);
    });
  });
  return result;
}
