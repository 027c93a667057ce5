import { LruMap } from '../../src/base/lru-map.ts';
import type { Tile, TilePlace } from '../../src/contract/tiles.ts';

/** What the numbers of the tiles may take: some 180 whole ones. */
const MOST_BYTES = 96 * 2 ** 20;

export const tileKey = ({ level, row, col }: TilePlace): string => `${level} ${row} ${col}`;

/** The tiles of one atlas, those that were looked at last; what no longer fits is dropped, the oldest first. */
export class TileStore {
  private readonly tiles: LruMap<string, Tile>;
  private least = Number.POSITIVE_INFINITY;
  private most = Number.NEGATIVE_INFINITY;

  private readonly means = new Map<number, readonly [number, number]>();

  constructor(limit = MOST_BYTES) {
    this.tiles = new LruMap(limit, bytesOf);
  }

  get bytes(): number {
    return this.tiles.total;
  }

  get size(): number {
    return this.tiles.size;
  }

  /** Least and greatest cell that any tile told of; undefined before the first. */
  get span(): readonly [number, number] | undefined {
    return this.least <= this.most ? [this.least, this.most] : undefined;
  }

  /** Least and greatest mean of the blocks of a level, as far as they are here. */
  meansOf(level: number): readonly [number, number] | undefined {
    return this.means.get(level);
  }

  /** Of one place the tile that is more complete stays. @returns false where it is no news */
  put(tile: Tile): boolean {
    const key = tileKey(tile);
    const before = this.tiles.peek(key);
    if (before && before.done >= tile.done) return false;
    if (Number.isFinite(tile.least)) this.least = Math.min(this.least, tile.least);
    if (Number.isFinite(tile.most)) this.most = Math.max(this.most, tile.most);
    this.means.set(tile.level, spanOf(tile.mean, this.means.get(tile.level)));
    this.tiles.set(key, tile);
    return true;
  }

  /** Without having been looked at. */
  peek(place: TilePlace): Tile | undefined {
    return this.tiles.get(tileKey(place));
  }

  /** What is looked at is dropped last. */
  get(place: TilePlace): Tile | undefined {
    const key = tileKey(place);
    const tile = this.tiles.get(key);
    if (!tile) return undefined;
    this.tiles.delete(key);
    this.tiles.set(key, tile);
    return tile;
  }

  clear(): void {
    this.tiles.clear();
    this.means.clear();
    this.least = Number.POSITIVE_INFINITY;
    this.most = Number.NEGATIVE_INFINITY;
  }
}

const bytesOf = ({ max, mean }: Tile): number => max.byteLength + mean.byteLength;

function spanOf(
  values: Float32Array,
  [least, most]: readonly [number, number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
) {
  let [low, high] = [least, most];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Of NaN nothing is true.
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high] as const;
}
