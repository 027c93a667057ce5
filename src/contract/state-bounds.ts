import { clampWhatIf } from '../exploration/clamp-what-if.ts';
import { isLong } from '../exploration/is-long.ts';
import type { KindShape, RunShape } from '../exploration/run-shape.ts';
import {
  ALIGNMENTS,
  type AttentionKind,
  HEAD_ORDERS,
  MATRICES,
  PHASES,
  PICTURES,
  type SpecialTokens,
  type Unit,
  type ViewState,
} from './view-state.ts';

const KINDS: readonly AttentionKind[] = ['cross', 'encoder', 'decoder'];

const UNITS: readonly Unit[] = ['words', 'pieces'];

const SPECIALS: readonly SpecialTokens[] = ['dim', 'show', 'hide'];

/**
 * The nearest state that the run has: kind, layer and head exist, the query is a row, and not one that is hidden
 * (as long as there is another). Anything that is not a number counts as 0; a choice that is none of its choices, as in
 * a state kept by an earlier version, becomes the first.
 */
export function clampView(state: ViewState, shape: RunShape): ViewState {
  const kind = shape[state.kind]?.layers > 0 ? state.kind : (KINDS.find((name) => shape[name].layers > 0) ?? 'cross');
  const { layers, heads, rows } = shape[kind];
  const special = oneOf(SPECIALS, state.special);
  const long = isLong(shape[kind]);
  return {
    kind,
    layer: state.layer === 'mean' ? 'mean' : clampIndex(state.layer, layers),
    head: state.head === 'mean' ? 'mean' : clampIndex(state.head, heads),
    query: nearestVisible(clampIndex(state.query, rows.length), special, rows),
    phase: oneOf(PHASES, state.phase),
    unit: oneOf(UNITS, state.unit),
    special,
    // Lines, rollout and the model's alignment need whole matrices.
    picture: long ? 'heatmap' : oneOf(PICTURES, state.picture),
    matrix: long && state.matrix === 'rollout' ? 'attention' : oneOf(MATRICES, state.matrix),
    alignment: long && state.alignment === 'model' ? 'off' : oneOf(ALIGNMENTS, state.alignment),
    sort: oneOf(HEAD_ORDERS, state.sort),
    whatIf: clampWhatIf(state.whatIf, shape[kind]),
  };
}

function oneOf<T>(choices: readonly T[], choice: T): T {
  return choices.includes(choice) ? choice : choices[0];
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
