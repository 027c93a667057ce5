import { multiplyHalves } from './half-precision-product.ts';
import { backend } from './kernels.ts';
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
