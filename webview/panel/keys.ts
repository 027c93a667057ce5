import type { Action } from '../../src/contract/view-state.ts';

const ACTIONS: Readonly<Record<string, Action>> = {
  ArrowUp: { type: 'previousToken' },
  ArrowDown: { type: 'nextToken' },
  ArrowLeft: { type: 'previousPhase' },
  ArrowRight: { type: 'nextPhase' },
  '1': { type: 'setPhase', phase: 'query' },
  '2': { type: 'setPhase', phase: 'match' },
  '3': { type: 'setPhase', phase: 'combine' },
};

/** What a key means anywhere in the window, outside of what uses it itself: ↑ ↓ query, ← → or 1 to 3 phase. */
export function keyAction(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): Action | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return undefined;
  return ACTIONS[event.key];
}
