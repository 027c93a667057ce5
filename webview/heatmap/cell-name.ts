import type { ExplorationView } from '../../src/protocol/exploration-view.ts';
import { fixed } from '../format.ts';
import { t } from '../l10n.ts';

/** A cell in words, for those who hear it. */
export function cellName(view: ExplorationView, { row, col }: { readonly row: number; readonly col: number }): string {
  const query = view.rows[row]!.text;
  const key = view.cols[col]!.text;
  const value = view.values[row * view.cols.length + col]!;
  if (Number.isNaN(value)) return t('{0} may not look at {1}', query, key);
  if (view.of === 'difference' && view.before) {
    const before = view.before[row * view.cols.length + col]!;
    return t('{0} → {1}: A {2}, B {3}', query, key, fixed(before, 3), fixed(before + value, 3));
  }
  const weight = view.weights[row * view.cols.length + col]!.toFixed(3);
  if (view.of === 'score') return t('{0} → {1}: q · k {2}, weight {3}', query, key, fixed(value, 2), weight);
  if (view.of === 'contribution')
    return t('{0} → {1}: contribution {2}, weight {3}', query, key, fixed(value, 3), weight);
  return t('{0} → {1}: weight {2}', query, key, weight);
}
