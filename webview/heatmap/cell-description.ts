import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';
import { listed } from '../listed.ts';
import type { Cell } from './cell.ts';
import { cellNotes, isMaskedByHand } from './cell-notes.ts';

/** A cell in words, for those who hear it. */
export function cellName(view: ExplorationView, cell: Cell): string {
  return listed([numbers(view, cell), ...cellNotes(view, cell)]);
}

function numbers(view: ExplorationView, cell: Cell): string {
  const { row, col } = cell;
  const query = view.rows[row]!.text;
  const key = view.cols[col]!.text;
  const value = view.values[row * view.cols.length + col]!;
  if (Number.isNaN(value))
    return isMaskedByHand(view, cell) ? t('{0} → {1}: masked', query, key) : t('{0} may not look at {1}', query, key);
  if (view.of === 'difference' && view.before) {
    const before = view.before[row * view.cols.length + col]!;
    return t('{0} → {1}: A {2}, B {3}', query, key, fixed(before, 3), fixed(before + value, 3));
  }
  const weight = view.weights[row * view.cols.length + col]!.toFixed(3);
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
