import { type Float16Matrix, float16Values, upcast } from './half-precision.ts';
import { kernels } from './kernels.ts';
import { type Matrix, matrix, ShapeError } from './matrix.ts';
import { matmulTransposed } from './matrix-product.ts';
import { addMultiplications } from './operation-count.ts';

/** Rows of A up to which looking every value of B up costs less than to upcast it first: a step of writing a text. */
const FEW = 6;
/** Rows of B upcast at once: they stay in the nearest cache until they have been used. */
const BLOCK = 8;

/**
 * A·Bᵀ with B in half precision: the same as with B upcast before, up to a quarter slower and in half the memory.
 * @param a [M, K]    @param b [N, K]
 * @returns [M, N]
 * @throws ShapeError when the widths differ
 * Cost: M·N·K multiply-adds, and N·K (few rows: ⌈M/2⌉·N·K) values looked up.
 */
export function multiplyFloat16(a: Matrix, b: Float16Matrix): Matrix {
  if (a.cols !== b.cols) throw new ShapeError('multiplyFloat16', `[N, K=${a.cols}]`, `[${b.rows}, ${b.cols}]`);
  const float16 = storedFloat16(b);
  const out = matrix(a.rows, b.rows);
  const blocked = a.rows <= FEW ? b.rows - (b.rows % 4) : 0;
  const values = float16Values(b.kind);
  const even = a.rows - (a.rows % 2);
  for (let j = 0; j < blocked; j += 4) {
    for (let i = 0; i < even; i += 2) look2x4(a, float16, values, out, i, j);
    if (even < a.rows) look1x4(a, float16, values, out, even, j);
  }
  addMultiplications(a.rows * blocked * a.cols);
  const wide = new Float32Array(Math.min(BLOCK, b.rows) * b.cols);
  for (let from = blocked; from < b.rows; from += BLOCK) {
    const count = Math.min(BLOCK, b.rows - from);
    const block = wide.subarray(0, count * b.cols);
    upcast(float16.subarray(from * b.cols, (from + count) * b.cols), b.kind, block);
    const part = matmulTransposed(a, matrix(count, b.cols, block)).data;
    for (let i = 0; i < a.rows; i++) {
      for (let j = 0; j < count; j++) out.data[i * b.rows + from + j] = part[i * count + j];
    }
  }
  return out;
}

/** Rows i, i+1 of A by rows j … j+3 of B; sums are kept in 64 bits. */
function look2x4(a: Matrix, y: Uint16Array, value: Float32Array, out: Matrix, i: number, j: number): void {
  const k = a.cols;
  const [x, z] = [a.data, out.data];
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
    const y0 = value[y[b0 + p]];
    const y1 = value[y[b1 + p]];
    const y2 = value[y[b2 + p]];
    const y3 = value[y[b3 + p]];
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
function look1x4(a: Matrix, y: Uint16Array, value: Float32Array, out: Matrix, i: number, j: number): void {
  const k = a.cols;
  const [x, z] = [a.data, out.data];
  const from = i * k;
  const b0 = j * k;
  const b1 = b0 + k;
  const b2 = b1 + k;
  const b3 = b2 + k;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let p = 0; p < k; p++) {
    const x0 = x[from + p];
    s0 += x0 * value[y[b0 + p]];
    s1 += x0 * value[y[b1 + p]];
    s2 += x0 * value[y[b2 + p]];
    s3 += x0 * value[y[b3 + p]];
  }
  const to = i * out.cols + j;
  z[to] = s0;
  z[to + 1] = s1;
  z[to + 2] = s2;
  z[to + 3] = s3;
}

/**
 * Rows [from, to) of a half-precision weight as they are stored, wherever they are kept.
 * @returns [to − from, cols], perhaps a view
 * @throws Error when kernels owned them that are no longer in use
 */
export function storedFloat16(weight: Float16Matrix, from = 0, to = weight.rows): Uint16Array {
  const { cols, float16 } = weight;
  if (float16.length > 0 || cols === 0 || from === to) return float16.subarray(from * cols, to * cols);
  const rows = kernels()?.ownedRows(weight, from, to);
  if (rows === undefined) throw new Error('The weights were in the memory of kernels that are no longer in use.');
  return rows;
}
