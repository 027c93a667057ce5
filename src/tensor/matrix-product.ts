import { backend } from './kernels.ts';
import { type Matrix, matrix } from './matrix.ts';
import { addMultiplications } from './operation-count.ts';
import { ShapeError } from './shape-error.ts';

/**
 * A·B. Runs along the rows of B, four at a time, so that memory is read in order.
 * @param a [M, K]    @param b [K, N]
 * @returns [M, N]
 * @throws ShapeError when the inner widths differ
 * Cost: M·N·K multiply-adds.
 */
export function matmul(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.rows) throw new ShapeError('matmul', `[K=${a.cols}, N]`, `[${b.rows}, ${b.cols}]`);
  const [m, k, n] = [a.rows, a.cols, b.cols];
  addMultiplications(m * n * k);
  const fast = backend()?.matmul(a, b);
  if (fast !== undefined) return fast;
  const out = matrix(m, n);
  const [x, y, z] = [a.data, b.data, out.data];
  const blocked = k - (k % 4);
  for (let i = 0; i < m; i++) {
    const to = i * n;
    for (let p = 0; p < blocked; p += 4) {
      const from = i * k + p;
      const [x0, x1, x2, x3] = [x[from], x[from + 1], x[from + 2], x[from + 3]];
      const b0 = p * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j++) {
        z[to + j] += x0 * y[b0 + j] + x1 * y[b1 + j] + x2 * y[b2 + j] + x3 * y[b3 + j];
      }
    }
    for (let p = blocked; p < k; p++) {
      const x0 = x[i * k + p];
      const b0 = p * n;
      for (let j = 0; j < n; j++) z[to + j] += x0 * y[b0 + j];
    }
  }
  return out;
}
