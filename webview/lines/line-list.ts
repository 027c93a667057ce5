import type { ExplorationView, WholeView } from '../../src/contract/view.ts';
import { isLinked } from '../heatmap/cell-description.ts';
import { weightMax } from '../heatmap/value-scale.ts';

export interface Line {
  readonly row: number;
  readonly col: number;
  /** Head whose line it is; undefined where the matrix is of no single head. */
  readonly head: number | undefined;
  /** 0 … 1: how strong it is drawn. */
  readonly strength: number;
  /** The number itself. */
  readonly value: number;
  /** Beside the middle of its tokens, as a part of their height: lines of several heads lie next to each other. */
  readonly shift: number;
  /** Of a hard alignment: drawn however weak, and on top. */
  readonly linked: boolean;
  /** As it was before a what-if. */
  readonly ghost?: boolean;
}

/** Part of a token's height that the lines of all heads share. */
const SPREAD = 0.6;

/** One row or column, by index; else all. */
interface Only {
  readonly row?: number;
  readonly col?: number;
}

/** A what-if that moves less than this part of `unitOf` has no line of before. */
const MOVED = 0.05;

/**
 * The lines of a view, the weakest first, so that the strongest lie on top.
 * @param threshold part of `unitOf` below which a line is left out
 */
export function listLines(view: WholeView, threshold: number, only?: Only): Line[] {
  // What is too much to be seen is too much to be made, too.
  const least = only ? threshold : leastDrawn(view, threshold);
  const lines = linesOf(view, valuesOf(view), least, only);
  return view.alignment.length === 0
    ? lines
    : [...lines.filter((line) => !isDrawnAgain(view, line)), ...linkLines(view, only)];
}

/** What a what-if moved, as it was: to be drawn below what it became. */
export function listGhosts(view: WholeView, threshold: number, only?: Only): Line[] {
  const { before, values } = view.map;
  if (!before || view.of === 'difference' || isOfAllHeads(view)) return [];
  const least = MOVED * unitOf(view);
  const moved = before.map((was, i) => (Math.abs(was - (values[i]! || 0)) < least ? 0 : was));
  return linesOf(view, moved, threshold, only).map((line) => ({ ...line, head: undefined, ghost: true }));
}

/** @param values [rows·cols] or [heads·rows·cols]    @param least part of `unitOf` */
function linesOf(view: WholeView, values: Float32Array, least: number, only?: Only): Line[] {
  const { rows, cols } = view;
  const size = rows.length * cols.length;
  const [unit, scale] = [unitOf(view), scaleOf(view)];
  const lines: Line[] = [];
  for (let offset = 0; size > 0 && offset < values.length; offset += size) {
    const head = isOfAllHeads(view) ? offset / size : singleHead(view);
    const shift = isOfAllHeads(view) ? SPREAD * ((offset / size + 0.5) / (values.length / size) - 0.5) : 0;
    for (let row = only?.row ?? 0; row < (only?.row === undefined ? rows.length : only.row + 1); row++) {
      for (let col = only?.col ?? 0; col < (only?.col === undefined ? cols.length : only.col + 1); col++) {
        const value = values[offset + row * cols.length + col]!;
        const strength = Math.min(1, Math.abs(value) / scale);
        if (value !== 0 && Math.abs(value) / unit >= least)
          lines.push({ row, col, head, strength, value, shift, linked: false });
      }
    }
  }
  return lines.sort((a, b) => a.strength - b.strength);
}

/** One head's line is replaced by the bold one; of all heads, the bold one comes besides. */
const isDrawnAgain = (view: WholeView, line: Line): boolean => !isOfAllHeads(view) && isLinked(view, line);

/** The lines of the hard alignment: of the head, where there is one; else of none. */
function linkLines(view: WholeView, only?: Only): Line[] {
  const head = isOfAllHeads(view) ? undefined : singleHead(view);
  const most = view.alignment.length === 0 ? 1 : scaleOf(view);
  return view.alignment
    .filter(({ row, col }) => (only?.row ?? row) === row && (only?.col ?? col) === col)
    .map(({ row, col }) => {
      const value = view.map.values[row * view.cols.length + col]! || 0;
      return { row, col, head, value, strength: Math.min(1, Math.abs(value) / most), shift: 0, linked: true };
    });
}

const singleHead = ({ state }: WholeView): number | undefined =>
  state.head === 'mean' || state.matrix === 'rollout' ? undefined : state.head;

/** The value that a threshold is a part of: 1 of what is a share, else the largest that there is. */
export const unitOf = (view: WholeView): number => (isShare(view) ? 1 : largest(view.map.values));

/** The value that is drawn as strong as can be: where the heatmap's scale ends as well. */
const scaleOf = (view: WholeView): number => (isShare(view) ? weightMax(valuesOf(view)) : largest(view.map.values));

/** The numbers that lines are drawn for, [rows·cols] or [heads·rows·cols]. */
const valuesOf = (view: WholeView): Float32Array => (isOfAllHeads(view) ? view.map.headWeights : view.map.values);

/** All heads at once are shown of the weights alone: the mean of heads is what is taken apart. */
export function isOfAllHeads(
  view: ExplorationView,
): view is WholeView & { readonly map: { readonly headWeights: Float32Array } } {
  return (
    view.map.kind === 'whole' &&
    view.map.headWeights !== undefined &&
    view.state.head === 'mean' &&
    view.of === 'weight'
  );
}

/** Weights and rollout are shares of 1; other matrices have no upper end of their own. */
export const isShare = ({ of }: WholeView): boolean => of === 'weight' || of === 'rollout';

const largest = (values: Float32Array): number =>
  values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) || 1;

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

const counted = new WeakMap<WholeView, Uint32Array>();

/** How many lines of a view there are from each bin on; found once for a view, whatever its size. */
function strengths(view: WholeView): Uint32Array {
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
export const lineCount = (view: WholeView): number => strengths(view)[0]!;

/** More lines than these nobody can tell apart; the weakest are left out. */
const MOST = 12_000;

/** The threshold from which on lines are drawn: the threshold, or more where there would be too many. */
export const leastDrawn = (view: WholeView, threshold: number): number => Math.max(threshold, strengthFor(view, MOST));

/** The threshold from which on there are no more lines than these. */
function strengthFor(view: WholeView, most: number): number {
  const from = strengths(view);
  let bin = 0;
  while (bin < BINS && from[bin]! > most) bin++;
  return bin / BINS;
}

/** The threshold that leaves as many lines as can be told apart, and each query some in a long text. */
export function readableThreshold(view: WholeView): number {
  const { length } = view.rows;
  const crowded = strengthFor(view, READABLE * (length + view.cols.length));
  const enough = strengths(view)[Math.round(USUAL * BINS)]! >= length ? USUAL : 0;
  return THRESHOLDS.find((threshold) => threshold >= Math.max(crowded, enough)) ?? THRESHOLDS.at(-1)!;
}
