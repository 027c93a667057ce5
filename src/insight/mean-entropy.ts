import type { Matrix } from '../tensor/matrix.ts';
import { rowEntropy } from './head-measures.ts';

/** @param weights [T, S]    @returns the mean of the rows' entropies in nats; 0 without rows */
export function meanEntropy(weights: Matrix): number {
  let sum = 0;
  for (let t = 0; t < weights.rows; t++) {
    sum += rowEntropy(weights.data.subarray(t * weights.cols, (t + 1) * weights.cols));
  }
  return weights.rows === 0 ? 0 : sum / weights.rows;
}
