import type { AxisLabel, ExplorationView } from '../../src/contract/view.ts';
import type { AttentionKind } from '../../src/contract/view-state.ts';

/** Tokens highlighted from the editor. */
export interface Highlight {
  readonly side: 'source' | 'target';
  readonly pieces: readonly number[];
}

const rowSide = (kind: AttentionKind): 'source' | 'target' => (kind === 'encoder' ? 'source' : 'target');
const colSide = (kind: AttentionKind): 'source' | 'target' => (kind === 'decoder' ? 'target' : 'source');

/** Columns of decoder self-attention are the tokens at its input: one place later than the ones predicted. */
const shift = (kind: AttentionKind): number => (kind === 'decoder' ? 1 : 0);

const holds = (label: AxisLabel, pieces: readonly number[], by: number): boolean =>
  pieces.some((piece) => piece + by >= label.from && piece + by < label.to);

/** @returns indexes of the rows and columns that hold the highlighted pieces */
export function highlighted(
  view: ExplorationView,
  highlight: Highlight | undefined,
): { rows: number[]; cols: number[] } {
  if (!highlight || highlight.pieces.length === 0) return { rows: [], cols: [] };
  const { kind } = view.state;
  const find = (labels: readonly AxisLabel[], by: number) =>
    labels.flatMap((label, i) => (holds(label, highlight.pieces, by) ? [i] : []));
  return {
    rows: rowSide(kind) === highlight.side ? find(view.rows, 0) : [],
    cols: colSide(kind) === highlight.side ? find(view.cols, shift(kind)) : [],
  };
}
