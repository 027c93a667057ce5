import { matmulTransposed } from './matmul-transposed.ts';
import type { Matrix } from './matrix.ts';
import { ShapeError } from './shape-error.ts';

/** A linear map as PyTorch stores it: weight [out, in], bias [out]. */
export interface Linear {
  readonly weight: Matrix;
  readonly bias: Float32Array | undefined;
}

/**
 * x·Wᵀ + b.
 * @param x [M, in]
 * @returns [M, out]
 * @throws ShapeError when widths differ
 */
export function linear(x: Matrix, { weight, bias }: Linear): Matrix {
  const out = matmulTransposed(x, weight);
  if (bias !== undefined) addRow(out, bias);
  return out;
}

/** Adds a row vector [N] to every row of m [M, N], in place. */
export function addRow(m: Matrix, row: Float32Array): void {
  if (row.length !== m.cols) throw new ShapeError('addRow', `[${m.cols}]`, `[${row.length}]`);
  for (let i = 0; i < m.rows; i++) {
    const at = i * m.cols;
    for (let j = 0; j < m.cols; j++) m.data[at + j] += row[j];
  }
}
