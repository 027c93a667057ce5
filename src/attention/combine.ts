import { type Matrix, ShapeError } from '../tensor/matrix.ts';
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
