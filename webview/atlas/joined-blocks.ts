import type { AtlasTile } from '../../src/contract/tiles.ts';

interface Blocks {
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
}

/**
 * Blocks of a tile with 2^joinRows × 2^joinCols of them made one: the largest, or their mean. NaN are left out.
 * @returns the tile's own array where nothing is joined
 */
export function joinedBlocks(
  tile: Pick<AtlasTile, 'height' | 'width' | 'max' | 'mean'>,
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
