import type { PairPlace, Span } from './pair-format.ts';

/** The same place of a text that begins `by` characters further up. */
export function shiftPlace({ source, target, ...place }: PairPlace, by: number): PairPlace {
  return { ...place, ...shiftSpan(place, by), source: shiftSpan(source, by), target: target && shiftSpan(target, by) };
}

export function shiftSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
