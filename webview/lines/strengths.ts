import type { ExplorationView } from '../../src/contract/view.ts';
import { unitOf, valuesOf } from './line-values.ts';

/** Where the slider of the threshold can stand. */
export const THRESHOLDS: readonly number[] = [
  0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9,
];

/** So many lines for each token can still be told apart. */
const READABLE = 6;

/** The threshold that one begins with, where it leaves enough. */
const USUAL = 0.05;

/** So many steps are told apart up to `unitOf`. */
const BINS = 2000;

const counted = new WeakMap<ExplorationView, Uint32Array>();

/** How many lines of a view there are from each bin on; found once for a view, whatever its size. */
function strengths(view: ExplorationView): Uint32Array {
  const known = counted.get(view);
  if (known) return known;
  const from = new Uint32Array(BINS + 1);
  const unit = unitOf(view);
  for (const value of valuesOf(view)) {
    if (value !== 0 && !Number.isNaN(value))
      from[Math.min(BINS, Math.floor((Math.abs(value) / unit) * BINS + 1e-3))]!++;
  }
  for (let bin = BINS - 1; bin >= 0; bin--) from[bin]! += from[bin + 1]!;
  counted.set(view, from);
  return from;
}

/** How many lines there are in all: one for each weight that is not 0, of each head. */
export const lineCount = (view: ExplorationView): number => strengths(view)[0]!;

/** More lines than these nobody can tell apart; the weakest are left out. */
const MOST = 12_000;

/** The threshold from which on lines are drawn: the threshold, or more where there would be too many. */
export const leastDrawn = (view: ExplorationView, threshold: number): number =>
  Math.max(threshold, strengthFor(view, MOST));

/** The threshold from which on there are no more lines than these. */
function strengthFor(view: ExplorationView, most: number): number {
  const from = strengths(view);
  let bin = 0;
  while (bin < BINS && from[bin]! > most) bin++;
  return bin / BINS;
}

/** The threshold that leaves as many lines as can be told apart, and each query some in a long text. */
export function readableThreshold(view: ExplorationView): number {
  const { length } = view.rows;
  const crowded = strengthFor(view, READABLE * (length + view.cols.length));
  const enough = strengths(view)[Math.round(USUAL * BINS)]! >= length ? USUAL : 0;
  return THRESHOLDS.find((threshold) => threshold >= Math.max(crowded, enough)) ?? THRESHOLDS.at(-1)!;
}
