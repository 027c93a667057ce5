import type { Action, WhatIf } from '../../src/contract/view-state.ts';

/** Pieces [from, to): a key, or a word of several. */
export interface Pieces {
  readonly from: number;
  readonly to: number;
}

const listed = ({ from, to }: Pieces): number[] => Array.from({ length: to - from }, (_, i) => from + i);

const holdsAll = (list: readonly number[] | undefined, key: Pieces): boolean =>
  list !== undefined && listed(key).every((piece) => list.includes(piece));

/** True where nobody may look at any piece of the key. */
export const isMasked = (whatIf: WhatIf | undefined, key: Pieces): boolean => holdsAll(whatIf?.mask, key);

/** True where the weight of a query's row is put onto the key. @param query a piece */
export const isForced = (whatIf: WhatIf | undefined, query: number, key: Pieces): boolean =>
  whatIf?.force?.query === query && holdsAll(whatIf.force.keys, key);

/** Masks a key, or lets it be looked at again. */
export function toggleMask(whatIf: WhatIf | undefined, key: Pieces): Action {
  return changed(toggled(whatIf?.mask ?? [], key), whatIf?.force);
}

/** Puts the weight of a query's row onto a key, beside those that it is put on already, or takes it off. */
export function toggleForce(whatIf: WhatIf | undefined, query: number, key: Pieces): Action {
  const { force } = whatIf ?? {};
  const keys = toggled(force?.query === query ? force.keys : [], key);
  return changed(whatIf?.mask ?? [], { query, keys });
}

/** Takes the forced row back, and leaves the masks. */
export const withoutForce = (whatIf: WhatIf | undefined): Action => changed(whatIf?.mask ?? [], undefined);

function toggled(list: readonly number[], key: Pieces): number[] {
  const pieces = listed(key);
  const rest = list.filter((piece) => !pieces.includes(piece));
  return (holdsAll(list, key) ? rest : [...rest, ...pieces]).sort((a, b) => a - b);
}

function changed(mask: readonly number[], force: WhatIf['force']): Action {
  const kept = force && force.keys.length > 0 ? force : undefined;
  if (mask.length === 0 && !kept) return { type: 'clearWhatIf' };
  return { type: 'setWhatIf', whatIf: kept ? { mask, force: kept } : { mask } };
}
