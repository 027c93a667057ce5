import type { AlignmentLink, ExplorationView, WholeView } from '../../src/contract/view.ts';
import type { Cell } from '../base/events.ts';
import { formatList, t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';
import { isMasked } from '../what-if/what-if-edits.ts';

/** A cell in words, for those who hear it. */
export function cellName(view: WholeView, cell: Cell): string {
  return formatList([numbers(view, cell), ...cellNotes(view, cell)]);
}

function numbers(view: WholeView, cell: Cell): string {
  const { row, col } = cell;
  const query = view.rows[row]!.text;
  const key = view.cols[col]!.text;
  const value = view.map.values[row * view.cols.length + col]!;
  if (Number.isNaN(value))
    return isMaskedByHand(view, cell) ? t('{0} → {1}: masked', query, key) : t('{0} may not look at {1}', query, key);
  if (view.of === 'difference' && view.map.before) {
    const before = view.map.before[row * view.cols.length + col]!;
    return t('{0} → {1}: A {2}, B {3}', query, key, fixed(before, 3), fixed(before + value, 3));
  }
  const weight = view.map.weights[row * view.cols.length + col]!.toFixed(3);
  switch (view.of) {
    case 'score':
      return t('{0} → {1}: q · k {2}, weight {3}', query, key, fixed(value, 2), weight);
    case 'contribution':
      return t('{0} → {1}: contribution {2}, weight {3}', query, key, fixed(value, 3), weight);
    case 'value':
      return t('{0} → {1}: value-weighted {2}, weight {3}', query, key, fixed(value, 3), weight);
    case 'rollout':
      return t('{0} → {1}: rollout {2}', query, key, value.toFixed(3));
    default:
      return t('{0} → {1}: weight {2}', query, key, weight);
  }
}

/** Digits that a matrix is told with. */
export const digitsOf = ({ of }: Pick<ExplorationView, 'of'>): number => (of === 'score' ? 2 : 3);

/** What the cell was before the what-if; undefined without one, or where it was masked then as well. */
export function beforeAt({ map: { before }, of, cols }: WholeView, { row, col }: Cell): number | undefined {
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
function cellNotes(view: WholeView, cell: Cell): string[] {
  const before = beforeAt(view, cell);
  return [
    ...(before === undefined ? [] : [t('before {0}', fixed(before, digitsOf(view)))]),
    ...(isLinked(view, cell) ? [t('aligned')] : []),
  ];
}

/** @returns 1-based rank of the cell among its row's values, and how many count (masked ones don't) */
export function rank(
  values: Float32Array,
  cols: number,
  row: number,
  col: number,
): { readonly rank: number; readonly of: number } {
  const own = values[row * cols + col]!;
  let above = 0;
  let of = 0;
  for (let c = 0; c < cols; c++) {
    const x = values[row * cols + c]!;
    if (Number.isNaN(x)) continue;
    of++;
    if (x > own) above++;
  }
  return { rank: above + 1, of };
}
