import type { ExplorationView } from '../../src/contract/view.ts';
import type { Action } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import type { MenuItem } from '../controls/menu.ts';
import { isForced, isMasked, toggleForce, toggleMask } from './what-if-edits.ts';

/** The query (a piece) that a row of the picture stands for: the chosen one in its own row, else the first of the word. */
export const queryOf = ({ state, row, rows }: ExplorationView, at: number): number =>
  at === row ? state.query : rows[at]!.from;

/** Masks a column's key, or lets it be seen again. */
export const maskAction = ({ state, cols }: ExplorationView, col: number): Action =>
  toggleMask(state.whatIf, cols[col]!);

/** Puts the weight of a row onto a column's key, or takes it off. The row becomes the query, to see what follows. */
export function forceActions(view: ExplorationView, row: number, col: number): Action[] {
  const query = queryOf(view, row);
  const force = toggleForce(view.state.whatIf, query, view.cols[col]!);
  return row === view.row ? [force] : [{ type: 'setQuery', query }, force];
}

/** What can be tried out with a cell of the picture, or with a key. @param row undefined for a key alone */
export function whatIfItems(
  view: ExplorationView,
  row: number | undefined,
  col: number,
  act: (action: Action) => void,
): MenuItem[][] {
  const { whatIf } = view.state;
  const key = view.cols[col]!;
  const mask = isMasked(whatIf, key)
    ? t('Unmask “{0}”', key.text)
    : t('Mask “{0}”: what if nobody could look at it?', key.text);
  const items: MenuItem[] = [{ label: mask, key: 'M', run: () => act(maskAction(view, col)) }];
  if (row !== undefined) {
    const query = view.rows[row]!.text;
    const label = isForced(whatIf, queryOf(view, row), key)
      ? t('Don’t force “{0}” here', query)
      : t('Force “{0}” here: what if it looked only at “{1}”?', query, key.text);
    items.push({ label, key: 'F', run: () => forceActions(view, row, col).forEach(act) });
  }
  return whatIf ? [items, [{ label: t('Reset'), run: () => act({ type: 'clearWhatIf' }) }]] : [items];
}
