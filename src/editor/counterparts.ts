import type { AxisLabel, ExplorationView } from '../protocol/exploration-view.ts';

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

/**
 * What the word at a place of the pair is bound to: as a row what it attends to, as a column what attends to it;
 * both in self-attention, where a word is either.
 * @param offset UTF-16 offset in the text of that side
 */
export function counterparts(view: ExplorationView, side: Side, offset: number): Counterparts[] {
  const sides = sidesOf(view.state.kind);
  const found: Counterparts[] = [];
  const row = sides.rows === side ? labelAt(view.rows, offset) : -1;
  if (row >= 0) {
    const weight = (col: number) => view.weights[row * view.cols.length + col];
    found.push({ label: view.rows[row], asks: true, others: strongest(view.cols, sides.cols, weight) });
  }
  const col = sides.cols === side ? labelAt(view.cols, offset) : -1;
  if (col >= 0) {
    const weight = (index: number) => view.weights[index * view.cols.length + col];
    found.push({ label: view.cols[col], asks: false, others: strongest(view.rows, sides.rows, weight) });
  }
  return found;
}

function labelAt(labels: readonly AxisLabel[], offset: number): number {
  const inside = labels.findIndex((label) => label.start <= offset && offset < label.end);
  return inside >= 0 ? inside : labels.findIndex((label) => label.end > label.start && label.end === offset);
}

function strongest(labels: readonly AxisLabel[], side: Side, weightOf: (index: number) => number): Counterpart[] {
  return labels
    .map((label, index) => ({ side, label, weight: weightOf(index) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
}
