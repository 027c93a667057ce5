import type { ExplorationView } from '../../src/protocol/exploration-view.ts';
import { isLinked } from '../heatmap/cell-notes.ts';

export interface Line {
  readonly row: number;
  readonly col: number;
  /** Head whose line it is; undefined where the matrix is of no single head. */
  readonly head: number | undefined;
  /** 0 … 1: the share of the strongest possible. */
  readonly strength: number;
  /** The number itself. */
  readonly value: number;
  /** Of a hard alignment: drawn however weak, and on top. */
  readonly linked: boolean;
}

/** More lines than these nobody can tell apart; the weakest are left out. */
const MOST = 12_000;

/**
 * The lines of a view, the weakest first, so that the strongest lie on top.
 * @param threshold strength below which a line is left out    @param only rows or a column, by index; else all
 */
export function listLines(
  view: ExplorationView,
  threshold: number,
  only?: { readonly row?: number; readonly col?: number },
): Line[] {
  const { rows, cols } = view;
  const lines: Line[] = [];
  const add = (values: Float32Array, offset: number, head: number | undefined, most: number) => {
    for (let row = 0; row < rows.length; row++) {
      if (only?.row !== undefined && only.row !== row) continue;
      for (let col = 0; col < cols.length; col++) {
        if (only?.col !== undefined && only.col !== col) continue;
        const value = values[offset + row * cols.length + col]!;
        const strength = Math.abs(value) / most;
        if (value !== 0 && strength >= threshold) lines.push({ row, col, head, strength, value, linked: false });
      }
    }
  };
  if (isOfAllHeads(view)) {
    const size = rows.length * cols.length;
    for (let head = 0; head < view.headWeights.length / size; head++) add(view.headWeights, head * size, head, 1);
  } else {
    add(view.values, 0, singleHead(view), scaleOf(view));
  }
  lines.sort((a, b) => a.strength - b.strength);
  const shown = lines.length > MOST ? lines.slice(lines.length - MOST) : lines;
  return view.alignment.length === 0
    ? shown
    : [...shown.filter((line) => !isDrawnAgain(view, line)), ...linkLines(view, only)];
}

/** One head's line is replaced by the bold one; of all heads, the bold one comes besides. */
const isDrawnAgain = (view: ExplorationView, line: Line): boolean => !isOfAllHeads(view) && isLinked(view, line);

/** The lines of the hard alignment: of the head, where there is one; else of none. */
function linkLines(view: ExplorationView, only?: { readonly row?: number; readonly col?: number }): Line[] {
  const head = isOfAllHeads(view) ? undefined : singleHead(view);
  return view.alignment
    .filter(({ row, col }) => (only?.row ?? row) === row && (only?.col ?? col) === col)
    .map(({ row, col }) => {
      const value = view.values[row * view.cols.length + col]! || 0;
      return { row, col, head, value, strength: Math.min(1, Math.abs(value) / scaleOf(view)), linked: true };
    });
}

const singleHead = ({ state }: ExplorationView): number | undefined =>
  state.head === 'mean' || state.matrix === 'rollout' ? undefined : state.head;

const scaleOf = (view: ExplorationView): number => (isShare(view) ? 1 : largest(view.values));

/** All heads at once are shown of the weights alone: the mean of heads is what is taken apart. */
export function isOfAllHeads(view: ExplorationView): view is ExplorationView & { readonly headWeights: Float32Array } {
  return view.headWeights !== undefined && view.state.head === 'mean' && view.of === 'weight';
}

const isShare = ({ of }: ExplorationView): boolean => of === 'weight' || of === 'rollout';

const largest = (values: Float32Array): number =>
  values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) || 1;
