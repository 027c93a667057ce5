/** Indexes of the largest weights, in their order. @param most how many, at most */
export function strongestKeys(weights: Float32Array, most: number): number[] {
  return Array.from(weights.keys())
    .filter((i) => weights[i]! > 0)
    .sort((a, b) => weights[b]! - weights[a]! || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
