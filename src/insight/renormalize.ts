import { type Matrix, matrix } from '../tensor/matrix.ts';

/**
 * Divides each row of weights by its sum, as needed after columns were left out; a row without weight stays zero.
 * @param weights [T, S], ≥ 0    @returns [T, S], rows sum to 1 or 0
 */
export function renormalize(weights: Matrix): Matrix {
  const result = matrix(weights.rows, weights.cols);
  for (let t = 0; t < weights.rows; t++) {
    const row = weights.data.subarray(t * weights.cols, (t + 1) * weights.cols);
    let sum = 0;
    for (const weight of row) sum += weight;
    if (sum > 0)
      result.data.set(
        row.map((weight) => weight / sum),
        t * weights.cols,
      );
  }
  return result;
}
