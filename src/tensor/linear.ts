import type { HalfMatrix } from './half-precision.ts';
import { multiplyHalves } from './half-precision-product.ts';
import { backend } from './kernels.ts';
import { matmulTransposed } from './matmul-transposed.ts';
import type { Matrix } from './matrix.ts';
import { addMultiplications } from './operation-count.ts';
import { ShapeError } from './shape-error.ts';

/** Weights as they are held: widened already, or to be widened as they are used. */
export type WeightMatrix = Matrix | HalfMatrix;

/** A linear map as PyTorch stores it: weight [out, in], bias [out]. */
export interface Linear {
  readonly weight: WeightMatrix;
  readonly bias: Float32Array | undefined;
}

/**
 * x·Wᵀ + b.
 * @param x [M, in]
 * @returns [M, out]
 * @throws ShapeError when widths differ
 */
export function linear(x: Matrix, { weight, bias }: Linear): Matrix {
  if (x.cols === weight.cols && (bias === undefined || bias.length === weight.rows)) {
    const fast = backend()?.linear(x, weight, bias);
    if (fast !== undefined) {
      addMultiplications(x.rows * weight.rows * x.cols);
      return fast;
    }
  }
  const out = 'halves' in weight ? multiplyHalves(x, weight) : matmulTransposed(x, weight);
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
