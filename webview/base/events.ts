import type { PanelCommand } from '../../src/contract/choices.ts';
import type { TilePlace } from '../../src/contract/tiles.ts';
import type { Action } from '../../src/contract/view-state.ts';

/** A cell of the matrix, by its indexes of rows and columns. */
export interface Cell {
  readonly row: number;
  readonly col: number;
}

/** Where nothing is pointed at. */
export const NO_CELL: Cell = { row: -1, col: -1 };

/** What the parts of the window ask for: each event bubbles up to the page, which acts on it or sends it to the extension. */
interface PartEvents {
  'ax-action': Action;
  'ax-command': PanelCommand;
  /** Cell under the pointer or keyboard; −1 for none. */
  'ax-hover': Cell;
  /** The keyboard goes back to the pair. */
  'ax-leave': undefined;
  /** Tiles that the picture of a long run needs now; replaces what was asked before. */
  'ax-tiles': { readonly id: string; readonly places: readonly TilePlace[] };
  /** Zoom of the heatmap. */
  'ax-zoom': number | 'fit';
  /** Threshold of the lines, 0 … 1; undefined: what leaves a picture that can be read. */
  'ax-threshold': number | undefined;
}

type CustomEvents = { readonly [Name in keyof PartEvents]: CustomEvent<PartEvents[Name]> };

declare global {
  interface HTMLElementEventMap extends CustomEvents {
    /** A menu that was placed is done with; it does not bubble. */
    'ax-closed': CustomEvent<undefined>;
  }
}

export function raise<Name extends keyof PartEvents>(from: EventTarget, name: Name, detail: PartEvents[Name]): void {
  from.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

export const act = (from: EventTarget, action: Action): void => raise(from, 'ax-action', action);
export const command = (from: EventTarget, name: PanelCommand): void => raise(from, 'ax-command', name);
/** Cell under the pointer or keyboard, as indexes of rows and columns; −1 for none. */
export const hover = (from: EventTarget, row: number, col: number): void => raise(from, 'ax-hover', { row, col });

const KEY_ACTIONS: Readonly<Record<string, Action>> = {
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
  return KEY_ACTIONS[event.key];
}
