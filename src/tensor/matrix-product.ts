import { kernels } from './kernels.ts';
import { type Matrix, matrix, ShapeError } from './matrix.ts';
import { addMultiplications } from './operation-count.ts';

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
  const fast = kernels()?.matmul(a, b);
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

/**
 * A·Bᵀ. Blocks of 2 × 4 dot products share their loads; sums are kept in 64 bits.
 * @param a [M, K]    @param b [N, K]
 * @returns [M, N]
 * @throws ShapeError when the widths differ
 * Cost: M·N·K multiply-adds.
 */
export function matmulTransposed(a: Matrix, b: Matrix): Matrix {
  if (a.cols !== b.cols) throw new ShapeError('matmulTransposed', `[N, K=${a.cols}]`, `[${b.rows}, ${b.cols}]`);
  const [m, n] = [a.rows, b.rows];
  addMultiplications(m * n * a.cols);
  const fast = kernels()?.matmulTransposed(a, b);
  if (fast !== undefined) return fast;
  const out = matrix(m, n);
  const evenRows = m - (m % 2);
  const blockedCols = n - (n % 4);
  for (let j = 0; j < blockedCols; j += 4) {
    for (let i = 0; i < evenRows; i += 2) dot2x4(a, b, out, i, j);
    if (evenRows < m) dot1x4(a, b, out, evenRows, j);
  }
  for (let j = blockedCols; j < n; j++) {
    for (let i = 0; i < m; i++) out.data[i * n + j] = dot(a, b, i, j);
  }
  return out;
}

/** Rows i, i+1 of A by rows j … j+3 of B. */
function dot2x4(a: Matrix, b: Matrix, out: Matrix, i: number, j: number): void {
  const k = a.cols;
  const [x, y, z] = [a.data, b.data, out.data];
  const a0 = i * k;
  const a1 = a0 + k;
  const b0 = j * k;
  const b1 = b0 + k;
  const b2 = b1 + k;
  const b3 = b2 + k;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  for (let p = 0; p < k; p++) {
    const x0 = x[a0 + p];
    const x1 = x[a1 + p];
    const y0 = y[b0 + p];
    const y1 = y[b1 + p];
    const y2 = y[b2 + p];
    const y3 = y[b3 + p];
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
  }
  const to = i * out.cols + j;
  z[to] = s00;
  z[to + 1] = s01;
  z[to + 2] = s02;
  z[to + 3] = s03;
  const next = to + out.cols;
  z[next] = s10;
  z[next + 1] = s11;
  z[next + 2] = s12;
  z[next + 3] = s13;
}

/** Row i of A by rows j … j+3 of B. */
function dot1x4(a: Matrix, b: Matrix, out: Matrix, i: number, j: number): void {
  const k = a.cols;
  const [x, y, z] = [a.data, b.data, out.data];
  const a0 = i * k;
  const b0 = j * k;
  const b1 = b0 + k;
  const b2 = b1 + k;
  const b3 = b2 + k;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let p = 0; p < k; p++) {
    const x0 = x[a0 + p];
    s0 += x0 * y[b0 + p];
    s1 += x0 * y[b1 + p];
    s2 += x0 * y[b2 + p];
    s3 += x0 * y[b3 + p];
  }
  const to = i * out.cols + j;
  z[to] = s0;
  z[to + 1] = s1;
  z[to + 2] = s2;
  z[to + 3] = s3;
}

function dot(a: Matrix, b: Matrix, i: number, j: number): number {
  const k = a.cols;
  let sum = 0;
  for (let p = 0; p < k; p++) sum += a.data[i * k + p] * b.data[j * k + p];
  return sum;
}
