import type { ExplorationView } from '../../src/protocol/exploration-view.ts';

export interface Line {
  readonly row: number;
  readonly col: number;
  /** Head whose line it is; undefined where the matrix is of no single head. */
  readonly head: number | undefined;
  /** 0 … 1: the share of the strongest possible. */
  readonly strength: number;
  /** The number itself. */
  readonly value: number;
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
        if (value !== 0 && strength >= threshold) lines.push({ row, col, head, strength, value });
      }
    }
  };
  if (isOfAllHeads(view)) {
    const size = rows.length * cols.length;
    for (let head = 0; head < view.headWeights.length / size; head++) add(view.headWeights, head * size, head, 1);
  } else {
    const { head } = view.state;
    const single = head === 'mean' || view.state.matrix === 'rollout' ? undefined : head;
    add(view.values, 0, single, isShare(view) ? 1 : largest(view.values));
  }
  lines.sort((a, b) => a.strength - b.strength);
  return lines.length > MOST ? lines.slice(lines.length - MOST) : lines;
}

/** All heads at once are shown of the weights alone: the mean of heads is what is taken apart. */
export function isOfAllHeads(view: ExplorationView): view is ExplorationView & { readonly headWeights: Float32Array } {
  return view.headWeights !== undefined && view.state.head === 'mean' && view.of === 'weight';
}

const isShare = ({ of }: ExplorationView): boolean => of === 'weight' || of === 'rollout';

const largest = (values: Float32Array): number =>
  values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) || 1;
