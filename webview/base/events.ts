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
