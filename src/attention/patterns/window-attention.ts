import { type Matrix, matrix } from '../../tensor/matrix.ts';
import { addMultiplications } from '../../tensor/operation-count.ts';
import { checkShapes } from './check-shapes.ts';
import { mixRange } from './mix-range.ts';
import type { PatternOptions } from './pattern-options.ts';

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
