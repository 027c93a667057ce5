import type { Cell } from '../base/events.ts';
import type { AtlasPicture } from '../tiles/tiled-picture.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels between the tip and its word, and between the tip and the edge of the window. */
const GAP = 4;
const EDGE = 8;

/** Where a tip goes: under its word, over it where there is more room, inside of the window always. */
export function placeTip(anchor: Box, tip: Size, window: Size): { readonly left: number; readonly top: number } {
  const left = Math.max(EDGE, Math.min(anchor.left, window.width - tip.width - EDGE));
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - tip.height;
  const fits = below + tip.height <= window.height - EDGE;
  const top = fits || above < EDGE ? Math.max(EDGE, Math.min(below, window.height - tip.height - EDGE)) : above;
  return { left, top };
}

const CURSOR_GAP = 8;

/** Below what it is of, otherwise above, never over its own row. */
export function placeTipAtPoint(
  box: HTMLElement,
  map: HTMLElement,
  { room, axes, detail }: AtlasPicture,
  cell: Cell,
): void {
  const size = 2 ** detail.level;
  const from = (at: number) => Math.floor(at / size) * size;
  const left = room.labelWidth + (from(cell.col) + size - axes.cols.from) * axes.cols.scale;
  const top = room.headHeight + (from(cell.row) - axes.rows.from) * axes.rows.scale;
  const below = top + Math.max(3, size * axes.rows.scale) + CURSOR_GAP;
  const y = below + box.offsetHeight > map.clientHeight + 12 ? top - CURSOR_GAP - box.offsetHeight : below;
  const x = Math.max(0, Math.min(left + 4, map.clientWidth - box.offsetWidth));
  Object.assign(box.style, { left: `${x}px`, top: `${y}px` });
}
