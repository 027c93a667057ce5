import { multiplyFloat16 } from './half-precision-product.ts';
import { kernels } from './kernels.ts';
import { addRow, type Matrix } from './matrix.ts';
import { matmulTransposed } from './matrix-product.ts';
import { addMultiplications } from './operation-count.ts';
import type { Linear } from './parameters.ts';

/**
 * x·Wᵀ + b.
 * @param x [M, in]
 * @returns [M, out]
 * @throws ShapeError when widths differ
 */
export function linear(x: Matrix, { weight, bias }: Linear): Matrix {
  if (x.cols === weight.cols && (bias === undefined || bias.length === weight.rows)) {
    const fast = kernels()?.linear(x, weight, bias);
    if (fast !== undefined) {
      addMultiplications(x.rows * weight.rows * x.cols);
      return fast;
    }
  }
  const out = weight.kind === undefined ? matmulTransposed(x, weight) : multiplyFloat16(x, weight);
  if (bias !== undefined) addRow(out, bias);
  return out;
}
