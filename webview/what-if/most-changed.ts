/**
 * The keys whose weight changed most, or is greatest: enough to see where the weight went.
 * @returns at most `most` indexes in the order of the text
 */
export function mostChanged(before: Float32Array, after: Float32Array, most: number): number[] {
  const matters = (i: number) => Math.max(Math.abs(after[i]! - before[i]!), 0.5 * Math.max(before[i]!, after[i]!));
  return Array.from(before, (_, i) => i)
    .sort((a, b) => matters(b) - matters(a) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
}
