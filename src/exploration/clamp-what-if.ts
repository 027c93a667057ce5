import type { WhatIf } from '../contract/view-state.ts';
import type { KindShape } from './run-shape.ts';

/**
 * What of a what-if the run has: pieces that exist, each once, ascending. A mask that would leave no key at all is
 * left out, and so is a row that is forced onto nothing.
 * @returns undefined when nothing would be changed
 */
export function clampWhatIf(whatIf: WhatIf | undefined, { rows, keys }: KindShape): WhatIf | undefined {
  if (!whatIf) return undefined;
  const all = pieces(whatIf.mask, keys);
  const mask = all.length < keys ? all : [];
  const query = whatIf.force?.query;
  const forced = Number.isInteger(query) && query! >= 0 && query! < rows.length ? pieces(whatIf.force?.keys, keys) : [];
  if (forced.length > 0) return { mask, force: { query: query!, keys: forced } };
  return mask.length > 0 ? { mask } : undefined;
}

function pieces(list: readonly number[] | undefined, count: number): number[] {
  if (!Array.isArray(list)) return [];
  const known = list.filter((piece) => Number.isInteger(piece) && piece >= 0 && piece < count);
  return [...new Set<number>(known)].sort((a, b) => a - b);
}
