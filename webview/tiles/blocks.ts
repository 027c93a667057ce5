import { type MatrixOf, TILE_SIZE } from '../../src/contract/choices.ts';
import type { Tile } from '../../src/contract/tiles.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { count, fixed } from '../base/value-format.ts';
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
    const tile = tiles.peek({ level: at, row: Math.floor(r / TILE_SIZE), col: Math.floor(c / TILE_SIZE) });
    const inside = tile && r % TILE_SIZE < tile.height && c % TILE_SIZE < tile.width;
    if (!inside) continue;
    const i = (r % TILE_SIZE) * tile.width + (c % TILE_SIZE);
    // Of a tile that is not whole a coarser one may know more.
    if (tile.done < 1 && Number.isNaN(tile.max[i]!) && at < top) continue;
    return { row: r * size, col: c * size, size, max: tile.max[i]!, mean: tile.mean[i]!, whole: tile.done >= 1 };
  }
  return undefined;
}

/** A value as it is told. */
export function valueText(of: MatrixOf, value: number): string {
  // Of a long text each gets but little: two figures of it are told, not zero.
  if (value !== 0 && Math.abs(value) < 0.001 && of !== 'score') return value.toPrecision(2).replace('-', '−');
  return fixed(value, of === 'score' ? 2 : 3);
}

/** Rows or columns of a block, counted from 1: “2,049”, or “2,049–2,112”. @param size of all of them */
export function rangeText(from: number, block: number, size: number): string {
  const to = Math.min(size, from + block);
  return to - from <= 1 ? count(from + 1) : `${count(from + 1)}–${count(to)}`;
}

/** A cell or a block in words, for those who hear it. */
export function blockName(view: ExplorationView, block: Block | undefined, row: number, col: number): string {
  const query = view.rows[row]?.text ?? '';
  const key = view.cols[col]?.text ?? '';
  if (!block) return t('{0} → {1}: not computed yet', query, key);
  const { of } = view;
  const places = [
    rangeText(block.row, block.size, view.rows.length),
    rangeText(block.col, block.size, view.cols.length),
  ];
  if (block.size === 1) {
    const value = Number.isNaN(block.max) ? t('masked') : valueText(of, block.max);
    return t('Row {0}, column {1}: {2} → {3}: {4}', ...places, query, key, value);
  }
  if (Number.isNaN(block.max)) return t('Rows {0}, columns {1}: masked', ...places);
  return t('Rows {0}, columns {1}: max {2}, mean {3}', ...places, valueText(of, block.max), valueText(of, block.mean));
}

interface Blocks {
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
}

/**
 * Blocks of a tile with 2^joinRows × 2^joinCols of them made one: the largest, or their mean. NaN are left out.
 * @returns the tile's own array where nothing is joined
 */
export function mergedBlocks(
  tile: Pick<Tile, 'height' | 'width' | 'max' | 'mean'>,
  measure: 'max' | 'mean',
  joinRows: number,
  joinCols: number,
): Blocks {
  const source = tile[measure];
  if (joinRows === 0 && joinCols === 0) return { values: source, height: tile.height, width: tile.width };
  const height = Math.ceil(tile.height / 2 ** joinRows);
  const width = Math.ceil(tile.width / 2 ** joinCols);
  const values = new Float32Array(height * width).fill(Number.NaN);
  const counts = measure === 'mean' ? new Uint32Array(values.length) : undefined;
  for (let row = 0; row < tile.height; row++) {
    for (let col = 0; col < tile.width; col++) {
      const value = source[row * tile.width + col]!;
      if (Number.isNaN(value)) continue;
      const at = (row >> joinRows) * width + (col >> joinCols);
      const before = values[at]!;
      if (Number.isNaN(before)) values[at] = value;
      else if (!counts) values[at] = Math.max(before, value);
      else values[at] = before + value;
      if (counts) counts[at]!++;
    }
  }
  if (counts) for (let at = 0; at < values.length; at++) values[at]! /= Math.max(1, counts[at]!);
  return { values, height, width };
}
