import type { Matrix } from '../tensor/matrix.ts';
import type { ForcedWeights } from './attention-change.ts';

/**
 * Puts a forced row into the weights of a head, in place.
 * @param weights [T, S] of that head, after the softmax, or those of queries from `first` on (then the mask, too)
 * @param mask additive, [T, S], or undefined where all is seen
 */
export function forceWeights(
  weights: Matrix,
  mask: Matrix | undefined,
  head: number,
  forced: ForcedWeights | undefined,
  first = 0,
): void {
  if (!forced?.heads.includes(head) || forced.query < first || forced.query >= first + weights.rows) return;
  const from = (forced.query - first) * weights.cols;
  const seen = forced.keys.filter((s) => mask === undefined || mask.data[from + s] === 0);
  if (seen.length === 0) return;
  weights.data.fill(0, from, from + weights.cols);
  for (const s of seen) weights.data[from + s] = 1 / seen.length;
}
