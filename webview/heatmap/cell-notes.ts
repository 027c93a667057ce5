import type { AlignmentLink, ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';
import { isMasked } from '../what-if/what-if-edits.ts';
import type { Cell } from './cell.ts';

/** Digits that a matrix is told with. */
export const digitsOf = ({ of }: Pick<ExplorationView, 'of'>): number => (of === 'score' ? 2 : 3);

/** What the cell was before the what-if; undefined without one, or where it was masked then as well. */
export function beforeAt({ before, of, cols }: ExplorationView, { row, col }: Cell): number | undefined {
  const value = of === 'difference' ? undefined : before?.[row * cols.length + col];
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

/** True where a cell is masked because the person asked what would be if it were. */
export const isMaskedByHand = ({ state, cols, of }: ExplorationView, { col }: Cell): boolean =>
  of !== 'difference' && isMasked(state.whatIf, cols[col]!);

const links = new WeakMap<readonly AlignmentLink[], Set<number>>();

/** True where a hard alignment links the row with the column. */
export function isLinked({ alignment, cols }: ExplorationView, { row, col }: Cell): boolean {
  let known = links.get(alignment);
  if (!known) {
    known = new Set(alignment.map((link) => link.row * cols.length + link.col));
    links.set(alignment, known);
  }
  return known.has(row * cols.length + col);
}

/** What else there is to say of a cell, after its own numbers. */
export function cellNotes(view: ExplorationView, cell: Cell): string[] {
  const before = beforeAt(view, cell);
  return [
    ...(before === undefined ? [] : [t('before {0}', fixed(before, digitsOf(view)))]),
    ...(isLinked(view, cell) ? [t('aligned')] : []),
  ];
}
