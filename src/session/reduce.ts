import { clampView, type KindShape, phasesOf, type RunShape } from '../contract/state-bounds.ts';
import type { Action, ViewState } from '../contract/view-state.ts';

/**
 * The only thing that changes what is looked at. Pure; whatever the action, the result is a state that the run has.
 * @param shape bounds of the run that is looked at
 */
export function reduce(state: ViewState, action: Action, shape: RunShape): ViewState {
  return clampView(apply(clampView(state, shape), action, shape), shape);
}

function apply(state: ViewState, action: Action, shape: RunShape): ViewState {
  switch (action.type) {
    case 'setKind':
      return withKind(state, action.kind, shape);
    case 'setLayer':
      return { ...state, layer: action.layer };
    case 'setHead':
      return { ...state, head: action.head, layer: action.layer ?? state.layer };
    case 'setQuery':
      return { ...state, query: action.query };
    case 'setPhase':
      return { ...state, phase: action.phase };
    case 'setUnit':
      return { ...state, unit: action.unit };
    case 'setSpecial':
      return { ...state, special: action.special };
    case 'setPicture':
      return { ...state, picture: action.picture };
    case 'setMatrix':
      return { ...state, matrix: action.matrix };
    case 'setAlignment':
      return { ...state, alignment: action.alignment };
    case 'setSort':
      return { ...state, sort: action.sort };
    case 'setWhatIf':
      return shape.offers.whatIf ? { ...state, whatIf: action.whatIf } : state;
    case 'clearWhatIf':
      return { ...state, whatIf: undefined };
    case 'nextPhase':
      return nextPhase(state, 1, shape);
    case 'previousPhase':
      return nextPhase(state, -1, shape);
    case 'nextToken':
      return { ...state, query: neighbour(state, 1, shape[state.kind].rows) };
    case 'previousToken':
      return { ...state, query: neighbour(state, -1, shape[state.kind].rows) };
  }
}

/**
 * Cross and decoder have the same rows, so the query stays; the encoder has others, so it starts anew. Cross and encoder
 * have the same keys, so masked keys stay; a forced row belongs to the kind that it was forced in.
 */
function withKind(state: ViewState, kind: ViewState['kind'], shape: RunShape): ViewState {
  if (!shape[kind] || shape[kind].layers === 0) return state;
  const sameRows = (state.kind === 'encoder') === (kind === 'encoder');
  const first = shape[kind].rows.findIndex((row) => !row.special);
  const sameKeys = (state.kind === 'decoder') === (kind === 'decoder');
  const whatIf =
    kind === state.kind || !state.whatIf ? state.whatIf : sameKeys ? { mask: state.whatIf.mask } : undefined;
  return { ...state, kind, query: sameRows ? state.query : Math.max(0, first), whatIf };
}

/** Query → match → combine → the next token's query; backwards the same way. Stays at either end. */
function nextPhase(state: ViewState, step: 1 | -1, shape: RunShape): ViewState {
  const phases = phasesOf(shape.offers);
  const phase = phases[phases.indexOf(state.phase) + step];
  if (phase) return { ...state, phase };
  const query = neighbour(state, step, shape[state.kind].rows);
  if (query === state.query) return state;
  return { ...state, query, phase: step === 1 ? phases[0] : phases[phases.length - 1] };
}

/** The next piece, or in words the first piece of the next word, hidden tokens skipped; the same one at the end. */
function neighbour(state: ViewState, step: 1 | -1, rows: KindShape['rows']): number {
  const from = rows[state.query]?.word;
  const wanted = (index: number) =>
    !(state.special === 'hide' && rows[index].special) && !(state.unit === 'words' && rows[index].word === from);
  for (let index = state.query + step; index >= 0 && index < rows.length; index += step) {
    if (!wanted(index)) continue;
    if (state.unit === 'words') while (index > 0 && rows[index - 1].word === rows[index].word) index--;
    return index;
  }
  return state.query;
}
