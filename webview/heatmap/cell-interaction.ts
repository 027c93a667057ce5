import type { ExplorationView, WholeView } from '../../src/contract/view.ts';
import type { Cell } from '../base/events.ts';

/** Where a key of the keyboard leads from a cell; undefined for a key that does not walk. May lie outside. */
export function walk(key: string, { row, col }: Cell, cols: number): Cell | undefined {
  const moves: Record<string, Cell> = {
    ArrowUp: { row: row - 1, col },
    ArrowDown: { row: row + 1, col },
    ArrowLeft: { row, col: col - 1 },
    ArrowRight: { row, col: col + 1 },
    Home: { row, col: 0 },
    End: { row, col: cols - 1 },
    PageUp: { row: row - 10, col },
    PageDown: { row: row + 10, col },
  };
  return moves[key];
}

/** The nearest cell that the view has. */
export function inside(view: ExplorationView, { row, col }: Cell): Cell {
  return {
    row: Math.max(0, Math.min(view.rows.length - 1, row)),
    col: Math.max(0, Math.min(view.cols.length - 1, col)),
  };
}

/** Column of the greatest weight of a row. */
export function strongest({ map: { weights }, cols }: WholeView, row: number): number {
  let best = 0;
  for (let col = 1; col < cols.length; col++) {
    if ((weights[row * cols.length + col] || 0) > (weights[row * cols.length + best] || 0)) best = col;
  }
  return best;
}
