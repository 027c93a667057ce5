import type { RunSummary, TokenInfo } from '../contract/run.ts';
import type { ViewState } from '../contract/view-state.ts';

type Pieces = Pick<RunSummary, 'sourceTokens' | 'targetTokens'>;

/**
 * A state of one run to look at another in: a what-if names pieces, and is left behind where they are others.
 * @param from the run that the state was of; undefined where it is not known (a state that was kept with its pair)
 */
export function carryState(state: ViewState, from: Pieces | undefined, to: Pieces): ViewState {
  const alike = !from || (same(from.sourceTokens, to.sourceTokens) && same(from.targetTokens, to.targetTokens));
  return alike ? state : { ...state, whatIf: undefined };
}

function same(a: readonly TokenInfo[], b: readonly TokenInfo[]): boolean {
  return a.length === b.length && a.every(({ text }, i) => text === b[i].text);
}
