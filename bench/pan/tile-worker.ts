import type { TilePlace } from '../../src/contract/tiles.ts';
import { SyntheticAtlas } from '../../test/browser/gallery/synthetic-tiles.ts';

/** Makes tiles away from the page's own thread, one after the other, as an engine does; what is asked next replaces the rest. */
let waiting: TilePlace[] = [];
let atlas: SyntheticAtlas | undefined;
const channel = new MessageChannel();

function make(): void {
  const place = waiting.shift();
  if (!atlas || !place) return;
  const tile = atlas.tile(place);
  self.postMessage(tile, { transfer: [tile.max.buffer, tile.mean.buffer] });
  channel.port2.postMessage(0);
}

channel.port1.onmessage = make;
self.onmessage = ({ data }: MessageEvent<{ size: number; places: TilePlace[] }>) => {
  atlas ??= new SyntheticAtlas(data.size, data.size);
  waiting = data.places;
  channel.port2.postMessage(0);
};
