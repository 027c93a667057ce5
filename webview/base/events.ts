import type { PanelCommand } from '../../src/contract/choices.ts';
import type { Action } from '../../src/contract/view-state.ts';

/** How every part of the window asks for something: two events that bubble up to the panel, which sends them on. */
declare global {
  interface HTMLElementEventMap {
    'ax-action': CustomEvent<Action>;
    'ax-command': CustomEvent<PanelCommand>;
    'ax-hover': CustomEvent<{ readonly row: number; readonly col: number }>;
  }
}

export function act(from: EventTarget, action: Action): void {
  from.dispatchEvent(new CustomEvent('ax-action', { detail: action, bubbles: true, composed: true }));
}

export function command(from: EventTarget, detail: PanelCommand): void {
  from.dispatchEvent(new CustomEvent('ax-command', { detail, bubbles: true, composed: true }));
}

/** Cell under the pointer or keyboard, as indexes of rows and columns; −1 for none. */
export function hover(from: EventTarget, row: number, col: number): void {
  from.dispatchEvent(new CustomEvent('ax-hover', { detail: { row, col }, bubbles: true, composed: true }));
}

/** A cell of the heatmap, by its indexes. */
export interface Cell {
  readonly row: number;
  readonly col: number;
}

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
