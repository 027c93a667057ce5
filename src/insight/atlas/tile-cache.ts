import type { TileValues } from '../tiles/tile-pyramid.ts';

/** Bytes of tiles that are kept. */
const MOST = 32 * 2 ** 20;

/** Tiles that were computed, the least recently used let go first. */
export class TileCache {
  readonly #tiles = new Map<string, TileValues>();
  #bytes = 0;

  /** @param most bytes */
  constructor(private readonly most = MOST) {}

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): TileValues | undefined {
    const tile = this.#tiles.get(key);
    if (tile === undefined) return undefined;
    this.#tiles.delete(key);
    this.#tiles.set(key, tile);
    return tile;
  }

  set(key: string, tile: TileValues): void {
    this.#drop(key);
    this.#tiles.set(key, tile);
    this.#bytes += bytesOf(tile);
    for (const oldest of this.#tiles.keys()) {
      if (this.#bytes <= this.most) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const tile = this.#tiles.get(key);
    if (tile !== undefined) this.#bytes -= bytesOf(tile);
    this.#tiles.delete(key);
  }
}

function bytesOf({ max, mean }: TileValues): number {
  return max.byteLength + mean.byteLength;
}
