import type { AtlasPlace, AtlasTile } from '../../src/contract/tiles.ts';
import { placeKey, type TileStore } from '../tiles/tile-store.ts';

/** What has been asked for: what is asked next replaces it, and so names again what is still to come. */
export class AskedPlaces {
  private asked = new Set<string>();

  clear(): void {
    this.asked.clear();
  }

  /** Should it be dropped later, it is asked for anew. */
  came(tile: AtlasTile): void {
    if (tile.done >= 1) this.asked.delete(placeKey(tile));
  }

  /**
   * @param inSight places in sight now
   * @returns those that are not there whole; undefined where each of them has been asked for already
   */
  next(inSight: readonly AtlasPlace[], tiles: TileStore): readonly AtlasPlace[] | undefined {
    const wanted = inSight.filter((place) => (tiles.peek(place)?.done ?? 0) < 1);
    if (wanted.every((place) => this.asked.has(placeKey(place)))) return undefined;
    this.asked = new Set(wanted.map(placeKey));
    return wanted;
  }
}
