import { type Matrix, matrix, ShapeError } from '../tensor/matrix.ts';
import { matmulTransposed } from '../tensor/matrix-product.ts';
import { softmax } from '../tensor/softmax.ts';

export interface MatchOptions {
  /** Additive, [T, S]: 0 or −Infinity. */
  readonly mask?: Matrix;
  /** Scores are divided by it; √dₖ when left out. */
  readonly divisor?: number;
  /** Position bias added to the scaled scores, [T, S]. */
  readonly bias?: Matrix;
}

/**
 * Match: how well each query fits each key, as weights.
 *   A = softmax(Q·Kᵀ / √dₖ + B + M)
 * @param q queries [T, dₖ]    @param k keys [S, dₖ]
 * @returns scores [T, S], q·k; scaled [T, S], divided, with bias and mask (−Infinity where masked);
 *   weights [T, S], each row sums to 1, or to 0 where everything is masked
 * @throws ShapeError when the widths differ
 * Cost: 2·T·S·dₖ + 5·T·S operations. Source: Vaswani et al. 2017, eq. 1.
 */
export function match(
  q: Matrix,
  k: Matrix,
  { mask, divisor = Math.sqrt(q.cols), bias }: MatchOptions = {},
): { scores: Matrix; scaled: Matrix; weights: Matrix } {
  const scores = matmulTransposed(q, k);
  for (const addend of [mask, bias]) {
    if (addend !== undefined && (addend.rows !== scores.rows || addend.cols !== scores.cols)) {
      throw new ShapeError('match', `[T=${scores.rows}, S=${scores.cols}]`, `[${addend.rows}, ${addend.cols}]`);
    }
  }
  const scaled = matrix(scores.rows, scores.cols);
  for (let i = 0; i < scaled.data.length; i++) {
    let value = scores.data[i] / divisor;
    if (bias !== undefined) value += bias.data[i];
    if (mask !== undefined) value += mask.data[i];
    scaled.data[i] = value;
  }
  return { scores, scaled, weights: softmax(scaled) };
}
