import { type Matrix, matrix, ShapeError } from '../tensor/matrix.ts';
import { matmul } from '../tensor/matrix-product.ts';

/**
 * Combine: each query takes the values, as much of each as its weight says.
 *   C = A·V
 * @param weights [T, S]    @param v values [S, dᵥ]
 * @returns context [T, dᵥ]
 * @throws ShapeError when there are not as many values as weights
 * Cost: 2·T·S·dᵥ operations. Source: Vaswani et al. 2017, eq. 1.
 */
export function combine(weights: Matrix, v: Matrix): Matrix {
  if (weights.cols !== v.rows) throw new ShapeError('combine', `S = ${weights.cols} values`, `${v.rows} values`);
  return matmul(weights, v);
}

/**
 * The terms of that sum for one query: weight × value.
 * @param weights [T, S]    @param v [S, dᵥ]    @param row the query
 * @returns [S, dᵥ]; its column sums are the query's context
 */
export function weightedValues(weights: Matrix, v: Matrix, row: number): Matrix {
  if (weights.cols !== v.rows) throw new ShapeError('weightedValues', `S = ${weights.cols} values`, `${v.rows} values`);
  if (row < 0 || row >= weights.rows) throw new ShapeError('weightedValues', `row < ${weights.rows}`, `row ${row}`);
  const out = matrix(v.rows, v.cols);
  for (let s = 0; s < v.rows; s++) {
    const weight = weights.data[row * weights.cols + s];
    for (let j = 0; j < v.cols; j++) out.data[s * v.cols + j] = weight * v.data[s * v.cols + j];
  }
  return out;
}
