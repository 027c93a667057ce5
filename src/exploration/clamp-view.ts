import type { KindShape, RunShape } from './run-shape.ts';
import { type AttentionKind, PHASES, type ViewState } from './view-state.ts';

const KINDS: readonly AttentionKind[] = ['cross', 'encoder', 'decoder'];

/**
 * The nearest state that the run has: kind, layer and head exist, the query is a row, and not one that is hidden
 * (as long as there is another). Anything that is not a number counts as 0.
 */
export function clampView(state: ViewState, shape: RunShape): ViewState {
  const kind = shape[state.kind]?.layers > 0 ? state.kind : (KINDS.find((name) => shape[name].layers > 0) ?? 'cross');
  const { layers, heads, rows } = shape[kind];
  return {
    kind,
    layer: state.layer === 'mean' ? 'mean' : clampIndex(state.layer, layers),
    head: state.head === 'mean' ? 'mean' : clampIndex(state.head, heads),
    query: nearestVisible(clampIndex(state.query, rows.length), state.special, rows),
    phase: PHASES.includes(state.phase) ? state.phase : 'query',
    unit: state.unit === 'pieces' ? 'pieces' : 'words',
    special: state.special === 'hide' || state.special === 'show' ? state.special : 'dim',
  };
}

/** @returns the integer of 0 … count − 1 that is nearest to index; 0 where there is none */
function clampIndex(index: number, count: number): number {
  const whole = Number.isFinite(index) ? Math.trunc(index) : index === Number.POSITIVE_INFINITY ? count - 1 : 0;
  return Math.max(0, Math.min(count - 1, whole));
}

/** The row itself, or while special tokens are hidden the nearest that is not one. */
function nearestVisible(query: number, special: ViewState['special'], rows: KindShape['rows']): number {
  if (special !== 'hide') return query;
  for (let distance = 0; distance < rows.length; distance++) {
    for (const candidate of [query + distance, query - distance]) {
      if (rows[candidate] && !rows[candidate].special) return candidate;
    }
  }
  return query;
}
