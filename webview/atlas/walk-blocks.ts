import type { Cell } from '../heatmap/cell.ts';
import type { Detail } from './levels.ts';

/** Blocks that a page is. */
const PAGE = 10;

/** Where a key leads from a cell, by blocks of the level in sight; undefined for a key that does not walk. */
export function walkBlocks(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  { row, col }: Cell,
  { level, joinRows, joinCols }: Detail,
  { rows, cols }: { readonly rows: number; readonly cols: number },
): Cell | undefined {
  const [down, along] = [2 ** (level + joinRows), 2 ** (level + joinCols)];
  const far = event.ctrlKey || event.metaKey;
  const step = (at: number, by: number, size: number, count: number) =>
    Math.max(0, Math.min(Math.floor((count - 1) / size), Math.floor(at / size) + by)) * size;
  switch (event.key) {
    case 'ArrowUp':
      return { row: step(row, -1, down, rows), col };
    case 'ArrowDown':
      return { row: step(row, 1, down, rows), col };
    case 'ArrowLeft':
      return { row, col: step(col, -1, along, cols) };
    case 'ArrowRight':
      return { row, col: step(col, 1, along, cols) };
    case 'PageUp':
      return { row: step(row, -PAGE, down, rows), col };
    case 'PageDown':
      return { row: step(row, PAGE, down, rows), col };
    case 'Home':
      return { row: far ? 0 : row, col: 0 };
    case 'End':
      return { row: far ? rows - 1 : row, col: cols - 1 };
    default:
      return undefined;
  }
}
