import { type Matrix, matrix } from '../tensor/matrix.ts';

/**
 * Makes a matrix small by keeping the largest value of each block, so that a thin bright line stays.
 * @param values [T, S]    @param most rows and columns at most    @returns [min(T, most), min(S, most)]
 */
export function maxPool(values: Matrix, most: number): Matrix {
  const rows = Math.min(values.rows, most);
  const cols = Math.min(values.cols, most);
  const small = matrix(rows, cols);
  const places = Int32Array.from({ length: values.cols }, (_, s) => Math.floor((s * cols) / values.cols));
  for (let t = 0; t < values.rows; t++) {
    const r = Math.floor((t * rows) / values.rows);
    for (let s = 0; s < values.cols; s++) {
      const at = r * cols + places[s];
      const value = values.data[t * values.cols + s];
      if (value > small.data[at]) small.data[at] = value;
    }
  }
  return small;
}
