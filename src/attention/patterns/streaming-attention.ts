import { type Matrix, matrix } from '../../tensor/matrix.ts';
import { addMultiplications } from '../../tensor/operation-count.ts';
import { checkShapes, type PatternOptions } from './full-attention.ts';

/**
 * The full attention with memory that grows with T + S: keys are taken a tile at a time, and what was summed so far
 * is rescaled whenever a greater score turns up (online softmax). Same result as `fullAttention` within 1e-5.
 * @param q [T, dₖ]    @param k [S, dₖ]    @param v [S, dᵥ]    @param options.tile, 64 unless told; options.causal
 * @returns context [T, dᵥ]
 * @throws ShapeError when widths or lengths differ
 * Cost: T·S·(dₖ + dᵥ) multiply-adds, T·(dᵥ + 2) + tile values of memory. Source: Milakov and Gimelshein 2018;
 * Rabe and Staats 2021; Dao et al. 2022.
 */
export function streamingAttention(q: Matrix, k: Matrix, v: Matrix, options: PatternOptions = {}): Matrix {
  checkShapes('streamingAttention', q, k, v);
  const { causal = false } = options;
  const tile = Math.max(1, Math.floor(options.tile ?? 64));
  const [dk, dv] = [q.cols, v.cols];
  const scale = 1 / Math.sqrt(dk);
  const context = matrix(q.rows, dv);
  const greatest = new Float64Array(q.rows).fill(Number.NEGATIVE_INFINITY);
  const sums = new Float64Array(q.rows);
  const scores = new Float64Array(tile);
  for (let from = 0; from < k.rows; from += tile) {
    for (let t = causal ? from : 0; t < q.rows; t++) {
      const to = Math.min(k.rows, from + tile, causal ? t + 1 : k.rows);
      let max = greatest[t];
      for (let s = from; s < to; s++) {
        let score = 0;
        for (let j = 0; j < dk; j++) score += q.data[t * dk + j] * k.data[s * dk + j];
        scores[s - from] = score * scale;
        max = Math.max(max, score * scale);
      }
      const shrink = Math.exp(greatest[t] - max);
      sums[t] *= shrink;
      for (let j = 0; j < dv; j++) context.data[t * dv + j] *= shrink;
      for (let s = from; s < to; s++) {
        const share = Math.exp(scores[s - from] - max);
        sums[t] += share;
        for (let j = 0; j < dv; j++) context.data[t * dv + j] += share * v.data[s * dv + j];
      }
      greatest[t] = max;
      addMultiplications((to - from) * (dk + dv));
    }
  }
  for (let t = 0; t < q.rows; t++) {
    if (sums[t] > 0) for (let j = 0; j < dv; j++) context.data[t * dv + j] /= sums[t];
  }
  return context;
}
