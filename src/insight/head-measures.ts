/**
 * How spread out a row of weights is, in nats: −Σ w·ln w. 0 when all of it is on one key, ln S when even.
 * @param weights [S], ≥ 0, summing to 1
 */
export function rowEntropy(weights: Float32Array): number {
  let entropy = 0;
  for (const weight of weights) if (weight > 0) entropy -= weight * Math.log(weight);
  return Math.max(0, entropy);
}
