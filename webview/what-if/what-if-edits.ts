import type { ExplorationView } from '../../src/contract/view.ts';
import type { Action, WhatIf } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import type { MenuItem } from '../controls/menu.ts';

/** Pieces [from, to): a key, or a word of several. */
export interface TokenTexts {
  readonly from: number;
  readonly to: number;
}

const formatList = ({ from, to }: TokenTexts): number[] => Array.from({ length: to - from }, (_, i) => from + i);

const holdsAll = (list: readonly number[] | undefined, key: TokenTexts): boolean =>
  list !== undefined && formatList(key).every((piece) => list.includes(piece));

/** True where nobody may look at any piece of the key. */
export const isMasked = (whatIf: WhatIf | undefined, key: TokenTexts): boolean => holdsAll(whatIf?.mask, key);

/** True where the weight of a query's row is put onto the key. @param query a piece */
export const isForced = (whatIf: WhatIf | undefined, query: number, key: TokenTexts): boolean =>
  whatIf?.force?.query === query && holdsAll(whatIf.force.keys, key);

/** Masks a key, or lets it be looked at again. */
export function toggleMask(whatIf: WhatIf | undefined, key: TokenTexts): Action {
  return changed(toggled(whatIf?.mask ?? [], key), whatIf?.force);
}

/** Puts the weight of a query's row onto a key, beside those that it is put on already, or takes it off. */
export function toggleForce(whatIf: WhatIf | undefined, query: number, key: TokenTexts): Action {
  const { force } = whatIf ?? {};
  const keys = toggled(force?.query === query ? force.keys : [], key);
  return changed(whatIf?.mask ?? [], { query, keys });
}

/** Takes the forced row back, and leaves the masks. */
export const withoutForce = (whatIf: WhatIf | undefined): Action => changed(whatIf?.mask ?? [], undefined);

function toggled(list: readonly number[], key: TokenTexts): number[] {
  const pieces = formatList(key);
  const rest = list.filter((piece) => !pieces.includes(piece));
  return (holdsAll(list, key) ? rest : [...rest, ...pieces]).sort((a, b) => a - b);
}

function changed(mask: readonly number[], force: WhatIf['force']): Action {
  const kept = force && force.keys.length > 0 ? force : undefined;
  if (mask.length === 0 && !kept) return { type: 'clearWhatIf' };
  return { type: 'setWhatIf', whatIf: kept ? { mask, force: kept } : { mask } };
}

/** The query (a piece) that a row of the picture stands for: the chosen one in its own row, else the first of the word. */
const queryOf = ({ state, row, rows }: ExplorationView, at: number): number =>
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
