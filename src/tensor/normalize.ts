import { kernels } from './kernels.ts';
import { type Matrix, matrix, ShapeError } from './matrix.ts';
import type { Norm } from './parameters.ts';

/**
 * Layer norm: (x − mean)/√(var + ε)·w + b. RMS norm: x/√(mean(x²) + ε)·w.
 * @param x [M, N]
 * @returns [M, N]
 * Source: Ba et al. 2016; Zhang & Sennrich 2019.
 */
export function normalize(x: Matrix, norm: Norm): Matrix {
  const { weight, bias, epsilon } = norm;
  if (weight.length !== x.cols) throw new ShapeError('normalize', `[${x.cols}]`, `[${weight.length}]`);
  const fast = kernels()?.normalize(x, norm);
  if (fast !== undefined) return fast;
  const n = x.cols;
  const out = matrix(x.rows, n);
  for (let i = 0; i < x.rows; i++) {
    const at = i * n;
    let mean = 0;
    if (norm.kind === 'layer') {
      for (let j = 0; j < n; j++) mean += x.data[at + j];
      mean /= n;
    }
    let variance = 0;
    for (let j = 0; j < n; j++) variance += (x.data[at + j] - mean) ** 2;
    const scale = 1 / Math.sqrt(variance / n + epsilon);
    for (let j = 0; j < n; j++) {
      out.data[at + j] = (x.data[at + j] - mean) * scale * weight[j] + (bias === undefined ? 0 : bias[j]);
    }
  }
  return out;
}
