import { kernels } from './kernels.ts';
import { type Matrix, matrix } from './matrix.ts';

/**
 * Softmax of each row; −Infinity stands for "masked".
 * @param m [M, N]
 * @returns [M, N], each row sums to 1; a row of nothing but −Infinity gives zeros (not NaN)
 */
export function softmax(m: Matrix): Matrix {
  const fast = kernels()?.softmax(m);
  if (fast !== undefined) return fast;
  const out = matrix(m.rows, m.cols);
  const n = m.cols;
  for (let i = 0; i < m.rows; i++) {
    const at = i * n;
    let max = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < n; j++) if (m.data[at + j] > max) max = m.data[at + j];
    if (max === Number.NEGATIVE_INFINITY) continue;
    let sum = 0;
    for (let j = 0; j < n; j++) {
      const e = Math.exp(m.data[at + j] - max);
      out.data[at + j] = e;
      sum += e;
    }
    for (let j = 0; j < n; j++) out.data[at + j] /= sum;
  }
  return out;
}
