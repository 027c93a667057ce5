import type { Matrix } from '../tensor/matrix.ts';

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
