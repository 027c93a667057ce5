import { type Matrix, matrix } from '../../tensor/matrix.ts';
import { addMultiplications } from '../../tensor/operation-count.ts';
import { checkShapes, type PatternOptions } from './full-attention.ts';

/**
 * Sliding window: query t sees only the keys within window/2 of its own position, so that time and memory grow
 * with T·window. Equals the full attention where the window covers every key.
 * @param q [T, dₖ]    @param k [S, dₖ]    @param v [S, dᵥ]    @param options.window, 64 unless told; options.causal
 * @returns context [T, dᵥ]; zeros for a query that sees no key
 * @throws ShapeError when widths or lengths differ
 * Cost: at most T·(window + 1)·(dₖ + dᵥ) multiply-adds. Source: Beltagy et al. 2020 (Longformer).
 */
export function windowAttention(q: Matrix, k: Matrix, v: Matrix, options: PatternOptions = {}): Matrix {
  checkShapes('windowAttention', q, k, v);
  const { causal = false, window = 64 } = options;
  const half = Math.floor(window / 2);
  const context = matrix(q.rows, v.cols);
  const weights = new Float32Array(Math.min(k.rows, 2 * half + 1));
  for (let t = 0; t < q.rows; t++) {
    const from = Math.max(0, t - half);
    const to = Math.min(k.rows, causal ? t + 1 : t + half + 1);
    if (from >= to) continue;
    mixRange(q, k, v, { row: t, from, to, weights, context });
    addMultiplications((to - from) * (q.cols + v.cols));
  }
  return context;
}

/**
 * Match and combine of one query over the keys [from, to), written into its row of `context`.
 * @param at.weights room for to − from numbers, overwritten
 */
function mixRange(
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
