import { TILE } from '../../src/contract/choices.ts';
import type { TileStore } from './tile-store.ts';

/** A block of the matrix, [row, row + size) × [col, col + size) up to its edges; a single cell where size is 1. */
export interface Block {
  readonly row: number;
  readonly col: number;
  readonly size: number;
  /** NaN where all of it is masked. */
  readonly max: number;
  readonly mean: number;
  /** False while rows of it may still be missing. */
  readonly whole: boolean;
}

/**
 * The finest block around a cell whose numbers are known.
 * @param level the finest that is looked at    @param top the coarsest
 * @returns undefined before anything has come
 */
export function blockAt(tiles: TileStore, row: number, col: number, level: number, top: number): Block | undefined {
  for (let at = level; at <= top; at++) {
    const size = 2 ** at;
    const [r, c] = [Math.floor(row / size), Math.floor(col / size)];
    const tile = tiles.peek({ level: at, row: Math.floor(r / TILE), col: Math.floor(c / TILE) });
    const inside = tile && r % TILE < tile.height && c % TILE < tile.width;
    if (!inside) continue;
    const i = (r % TILE) * tile.width + (c % TILE);
    // Of a tile that is not whole a coarser one may know more.
    if (tile.done < 1 && Number.isNaN(tile.max[i]!) && at < top) continue;
    return { row: r * size, col: c * size, size, max: tile.max[i]!, mean: tile.mean[i]!, whole: tile.done >= 1 };
  }
  return undefined;
}
