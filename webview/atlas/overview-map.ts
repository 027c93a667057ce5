import type { Axes, Room } from '../tiles/viewport.ts';

/** Of the small map, px. */
const MOST = { width: 128, height: 80 };

const MARGIN = 8;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the small map of the whole matrix lies on the body; undefined while all of it is in sight, or there is no room. */
export function mapBox(room: Room, { rows, cols }: Axes): Box | undefined {
  if (rows.span >= rows.count - 1e-6 && cols.span >= cols.count - 1e-6) return undefined;
  if (room.bodyWidth < 2 * MOST.width || room.bodyHeight < 2 * MOST.height) return undefined;
  const width = Math.min(MOST.width, Math.round(room.bodyWidth * 0.3));
  const height = Math.min(MOST.height, Math.round(room.bodyHeight * 0.24));
  return { x: room.bodyWidth - width - MARGIN, y: room.bodyHeight - height - MARGIN, width, height };
}

/** What is in sight as a frame on the small map, at least so large that it is seen. */
export function frameOn(box: Box, { rows, cols }: Axes): Box {
  const width = Math.max(5, (cols.span / cols.count) * box.width);
  const height = Math.max(5, (rows.span / rows.count) * box.height);
  return {
    x: Math.min(box.x + box.width - width, box.x + (cols.from / cols.count) * box.width),
    y: Math.min(box.y + box.height - height, box.y + (rows.from / rows.count) * box.height),
    width,
    height,
  };
}
