import type { AtlasPicture } from '../tiles/tiled-picture.ts';
import { mapBox } from './overview-map.ts';

/** What lies under a point of the picture. */
export type Point =
  | { readonly on: 'body'; readonly row: number; readonly col: number }
  | { readonly on: 'map'; readonly row: number; readonly col: number }
  | { readonly on: 'rows'; readonly row: number }
  | { readonly on: 'elsewhere' };

/** @param x px from the left edge of the picture    @param y from its upper edge */
export function pointOn({ room, axes }: AtlasPicture, x: number, y: number): Point {
  const { rows, cols } = axes;
  const [left, top] = [x - room.labelWidth, y - room.headHeight];
  const row = Math.floor(rows.from + top / rows.scale);
  const col = Math.floor(cols.from + left / cols.scale);
  if (top < 0 || top >= room.bodyHeight || left >= room.bodyWidth || row < 0 || row >= rows.count)
    return { on: 'elsewhere' };
  if (left < 0) return { on: 'rows', row };
  const box = mapBox(room, axes);
  const isOnMap = box && left >= box.x && left < box.x + box.width && top >= box.y && top < box.y + box.height;
  if (isOnMap) {
    return {
      on: 'map',
      row: Math.floor(((top - box.y) / box.height) * rows.count),
      col: Math.floor(((left - box.x) / box.width) * cols.count),
    };
  }
  return col >= 0 && col < cols.count ? { on: 'body', row, col } : { on: 'elsewhere' };
}
