import type { Matrix } from '../../tensor/matrix.ts';

/**
 * Match and combine of one query over the keys [from, to), written into its row of `context`.
 * @param at.weights room for to − from numbers, overwritten
 */
export function mixRange(
  q: Matrix,
  k: Matrix,
  v: Matrix,
  at: {
    readonly row: number;
    readonly from: number;
    readonly to: number;
    readonly weights: Float32Array;
    readonly context: Matrix;
  },
): void {
  const { row, from, to, weights, context } = at;
  const [dk, dv] = [q.cols, v.cols];
  const scale = 1 / Math.sqrt(dk);
  let max = Number.NEGATIVE_INFINITY;
  for (let s = from; s < to; s++) {
    let score = 0;
    for (let j = 0; j < dk; j++) score += q.data[row * dk + j] * k.data[s * dk + j];
    weights[s - from] = score * scale;
    max = Math.max(max, score * scale);
  }
  let sum = 0;
  for (let i = 0; i < to - from; i++) {
    weights[i] = Math.exp(weights[i] - max);
    sum += weights[i];
  }
  for (let s = from; s < to; s++) {
    const weight = weights[s - from] / sum;
    for (let j = 0; j < dv; j++) context.data[row * dv + j] += weight * v.data[s * dv + j];
  }
}
