import type { ExplorationView } from '../../src/contract/view.ts';
import { isLinked } from '../heatmap/cell-notes.ts';
import { isOfAllHeads, scaleOf, unitOf, valuesOf } from './line-values.ts';
import { leastDrawn } from './strengths.ts';

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
export interface Only {
  readonly row?: number;
  readonly col?: number;
}

/** A what-if that moves less than this part of `unitOf` has no line of before. */
const MOVED = 0.05;

/**
 * The lines of a view, the weakest first, so that the strongest lie on top.
 * @param threshold part of `unitOf` below which a line is left out
 */
export function listLines(view: ExplorationView, threshold: number, only?: Only): Line[] {
  // What is too much to be seen is too much to be made, too.
  const least = only ? threshold : leastDrawn(view, threshold);
  const lines = linesOf(view, valuesOf(view), least, only);
  return view.alignment.length === 0
    ? lines
    : [...lines.filter((line) => !isDrawnAgain(view, line)), ...linkLines(view, only)];
}

/** What a what-if moved, as it was: to be drawn below what it became. */
export function listGhosts(view: ExplorationView, threshold: number, only?: Only): Line[] {
  const { before, values } = view;
  if (!before || view.of === 'difference' || isOfAllHeads(view)) return [];
  const least = MOVED * unitOf(view);
  const moved = before.map((was, i) => (Math.abs(was - (values[i]! || 0)) < least ? 0 : was));
  return linesOf(view, moved, threshold, only).map((line) => ({ ...line, head: undefined, ghost: true }));
}

/** @param values [rows·cols] or [heads·rows·cols]    @param least part of `unitOf` */
function linesOf(view: ExplorationView, values: Float32Array, least: number, only?: Only): Line[] {
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
const isDrawnAgain = (view: ExplorationView, line: Line): boolean => !isOfAllHeads(view) && isLinked(view, line);

/** The lines of the hard alignment: of the head, where there is one; else of none. */
function linkLines(view: ExplorationView, only?: Only): Line[] {
  const head = isOfAllHeads(view) ? undefined : singleHead(view);
  const most = view.alignment.length === 0 ? 1 : scaleOf(view);
  return view.alignment
    .filter(({ row, col }) => (only?.row ?? row) === row && (only?.col ?? col) === col)
    .map(({ row, col }) => {
      const value = view.values[row * view.cols.length + col]! || 0;
      return { row, col, head, value, strength: Math.min(1, Math.abs(value) / most), shift: 0, linked: true };
    });
}

const singleHead = ({ state }: ExplorationView): number | undefined =>
  state.head === 'mean' || state.matrix === 'rollout' ? undefined : state.head;
