/** Up to so many keys a table shows them all; beyond that, the strongest few until asked for more. */
export const ALL_UP_TO = 60;
export const STRONGEST = 40;

/**
 * Which keys a table shows.
 * @param weights [S]    @param all the reader asked for every one
 * @returns indexes in the order of the text
 */
export function shownKeys(weights: Float32Array, all: boolean): number[] {
  const every = Array.from(weights, (_, i) => i);
  if (all || every.length <= ALL_UP_TO) return every;
  return every
    .sort((a, b) => weights[b] - weights[a] || a - b)
    .slice(0, STRONGEST)
    .sort((a, b) => a - b);
}

/** Indexes by weight, greatest first. */
export function byWeight(weights: Float32Array): number[] {
  return Array.from(weights, (_, i) => i).sort((a, b) => weights[b] - weights[a] || a - b);
}
