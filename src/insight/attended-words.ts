import type { AxisLabel, ExplorationView } from '../contract/view.ts';

export type Side = 'source' | 'target';

/** A word of the pair and how strongly it is bound to the one that is looked at. */
export interface Counterpart {
  readonly side: Side;
  readonly label: AxisLabel;
  readonly weight: number;
}

export interface Counterparts {
  /** The word itself, as a row (it asks) or a column (it is asked). */
  readonly label: AxisLabel;
  readonly asks: boolean;
  /** Everything it attends to, or that attends to it, strongest first; special tokens included. */
  readonly others: readonly Counterpart[];
}

/** Which text the rows and the columns of a kind stand in. */
export function sidesOf(kind: ExplorationView['state']['kind']): { readonly rows: Side; readonly cols: Side } {
  return { rows: kind === 'encoder' ? 'source' : 'target', cols: kind === 'decoder' ? 'target' : 'source' };
}

/** Weights of a row, [cols], or of a column, [rows], of a view. */
export type Line = (axis: 'row' | 'col', index: number) => Float32Array | undefined;

/** Row and column of the word at a place of the pair; −1 where it is none. @param offset UTF-16 offset in the text of that side */
export function tokenAt(
  view: ExplorationView,
  side: Side,
  offset: number,
): { readonly row: number; readonly col: number } {
  const sides = sidesOf(view.state.kind);
  return {
    row: sides.rows === side ? labelAt(view.rows, offset) : -1,
    col: sides.cols === side ? labelAt(view.cols, offset) : -1,
  };
}

/**
 * What the word at a place of the pair is bound to: as a row what it attends to, as a column what attends to it;
 * both in self-attention, where a word is either.
 * @param offset UTF-16 offset in the text of that side
 * @param line where the weights come from; what it does not know is left out
 */
export function counterparts(
  view: ExplorationView,
  side: Side,
  offset: number,
  line: Line = (axis, index) => lineOf(view, axis, index),
): Counterparts[] {
  const sides = sidesOf(view.state.kind);
  const { row, col } = tokenAt(view, side, offset);
  const asked = row < 0 ? undefined : line('row', row);
  const asking = col < 0 ? undefined : line('col', col);
  return [
    ...(asked ? [{ label: view.rows[row], asks: true, others: strongest(view.cols, sides.cols, asked) }] : []),
    ...(asking ? [{ label: view.cols[col], asks: false, others: strongest(view.rows, sides.rows, asking) }] : []),
  ];
}

/** Of the view's own matrix; of a long run only the query's row. */
export function lineOf(view: ExplorationView, axis: 'row' | 'col', index: number): Float32Array | undefined {
  if (axis === 'row') return rowWeights(view, index);
  const { map, rows } = view;
  if (map.kind === 'tiled') return undefined;
  return Float32Array.from(rows, (_, row) => map.weights[row * map.cols + index]);
}

function labelAt(labels: readonly AxisLabel[], offset: number): number {
  const inside = labels.findIndex((label) => label.start <= offset && offset < label.end);
  return inside >= 0 ? inside : labels.findIndex((label) => label.end > label.start && label.end === offset);
}

/** Of a thousand words and more, those that have most. */
const MOST = 200;

function strongest(labels: readonly AxisLabel[], side: Side, weights: Float32Array): Counterpart[] {
  const least = weights.length > 5 * MOST ? weights.slice().sort()[weights.length - MOST] : 0;
  return Array.from(labels.keys())
    .filter((index) => weights[index] > 0 && weights[index] >= least)
    .map((index) => ({ side, label: labels[index], weight: weights[index] }))
    .sort((a, b) => b.weight - a.weight);
}

/** Weights of a row of a view, [cols]. Of a long run only the query's is at hand: undefined for the others. */
export function rowWeights(
  { map, row: query }: Pick<ExplorationView, 'map' | 'row'>,
  row: number,
): Float32Array | undefined {
  if (row < 0) return undefined;
  if (map.kind === 'tiled') return row === query ? map.rowWeights : undefined;
  return map.weights.subarray(row * map.cols, (row + 1) * map.cols);
}
