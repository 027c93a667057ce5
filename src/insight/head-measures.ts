import type { AttentionRecord } from '../attention/attention-record.ts';
import { visibleKeysOf } from '../attention/mask.ts';
import type { Matrix } from '../tensor/matrix.ts';

/**
 * How spread out a row of weights is, in nats: −Σ w·ln w. 0 when all of it is on one key, ln S when even.
 * @param weights [S], ≥ 0, summing to 1
 */
export function rowEntropy(weights: Float32Array): number {
  let entropy = 0;
  for (const weight of weights) if (weight > 0) entropy -= weight * Math.log(weight);
  return Math.max(0, entropy);
}

/** @param weights [T, S]    @returns the mean of the rows' entropies in nats; 0 without rows */
export function meanEntropy(weights: Matrix): number {
  let sum = 0;
  for (let t = 0; t < weights.rows; t++) {
    sum += rowEntropy(weights.data.subarray(t * weights.cols, (t + 1) * weights.cols));
  }
  return weights.rows === 0 ? 0 : sum / weights.rows;
}

/** Mean over the rows of ln(keys that the row may look at): ln S without a mask. O(T + S). */
export function mostEntropy({
  q,
  k,
  causal,
  padding,
  change,
}: Pick<AttentionRecord, 'q' | 'k' | 'causal' | 'padding' | 'change'>): number {
  const [targets, sources] = [q.rows, k.rows];
  const seen = visibleKeysOf(targets, sources, { causal, padding, hidden: change?.hidden });
  const openBefore = new Map<Uint8Array, Int32Array>();
  let sum = 0;
  for (let t = 0; t < targets; t++) {
    const limit = seen?.limit(t) ?? sources;
    const closed = seen?.closed(t);
    let keys = limit;
    if (closed !== undefined) {
      const counts = openBefore.get(closed) ?? countOpen(closed);
      openBefore.set(closed, counts);
      keys = counts[limit];
    }
    sum += Math.log(Math.max(1, keys));
  }
  return targets === 0 ? 0 : sum / targets;
}

/** How many of the first n keys are open, by n. */
function countOpen(closed: Uint8Array): Int32Array {
  const counts = new Int32Array(closed.length + 1);
  for (let s = 0; s < closed.length; s++) counts[s + 1] = counts[s] + (closed[s] === 1 ? 0 : 1);
  return counts;
}

/** Half the width of the band: this part of the columns, and one column at least. */
const BAND = 0.1;

/** Which rows and columns are tokens of the text, and whether a row stands where the column of its number stands. */
export interface DiagonalAxes {
  readonly rows: readonly { readonly special: boolean }[];
  readonly cols: readonly { readonly special: boolean }[];
  /** Self-attention: row t and column t are one position, so that the diagonal is where they meet. */
  readonly self: boolean;
}

/**
 * How far a head goes along with the text: the share of its weight that lies on the diagonal or beside it.
 *
 *   mean over rows of Σ w over the columns within max(1, S / 10) of the row's place on the diagonal
 *
 * In cross-attention the diagonal goes from corner to corner of what is no special token, so that texts of different
 * lengths have one, too: row t of T meets column (t + ½)·S/T − ½. Weight on special tokens counts as off the diagonal.
 * In one sentence: "Diagonal: how much of the weight goes to tokens at the same place of the text, or next to it."
 * @param weights [T, S], or those of some queries
 * @param sample which queries these are, ascending; all where left out
 * @returns 0 to 1; 0 where no row is left
 */
export function diagonality(weights: Matrix, { rows, cols, self }: DiagonalAxes, sample?: Int32Array): number {
  const all = <T>(list: readonly T[]) => list.map((_, i) => i);
  const content = (list: DiagonalAxes['rows']) => all(list).filter((i) => !list[i].special);
  const [queries, keys] = self ? [all(rows), all(cols)] : [content(rows), content(cols)];
  const reach = Math.max(1, BAND * keys.length);
  const lines = sample && new Map([...sample].map((t, line) => [t, line]));
  let sum = 0;
  let count = 0;
  queries.forEach((t, i) => {
    const line = lines === undefined ? t : lines.get(t);
    if (line === undefined) return;
    count++;
    const place = ((i + 0.5) * keys.length) / queries.length - 0.5;
    const end = Math.min(keys.length - 1, Math.floor(place + reach));
    for (let j = Math.max(0, Math.ceil(place - reach)); j <= end; j++) {
      sum += weights.data[line * weights.cols + keys[j]];
    }
  });
  return count === 0 ? 0 : sum / count;
}

/**
 * The key that a head falls back on: of all keys the one with the largest mean weight over all queries, masked ones
 * counted as 0. Where a head has nothing to say it parks its weight, in most models on the first token, on `</s>` or on
 * punctuation; which one it is shows here without being told (Xiao et al. 2024, "Efficient Streaming Language Models
 * with Attention Sinks"; Clark et al. 2019, "What Does BERT Look At?").
 * In one sentence: "Sink: the mean weight that all queries together leave with one single token."
 * @param weights [T, S]    @returns key −1 without keys
 */
export function strongestSink(weights: Matrix): { readonly key: number; readonly weight: number } {
  const sums = new Float64Array(weights.cols);
  for (let at = 0; at < weights.data.length; ) {
    for (let s = 0; s < weights.cols; s++, at++) sums[s] += weights.data[at];
  }
  let key = -1;
  sums.forEach((sum, s) => {
    if (key === -1 || sum > sums[key]) key = s;
  });
  return { key, weight: weights.rows === 0 || key === -1 ? 0 : sums[key] / weights.rows };
}
