/** Median of one field of the rounds: `milliseconds` by the clock, or `cpu`. */
export function medianOf(rounds, field) {
  const values = rounds.map((round) => round[field]).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}
