import type { Cell } from '../heatmap/cell.ts';
import type { AtlasPicture } from '../tiles/tiled-picture.ts';

const GAP = 8;

/** Below what it is of, otherwise above, never over its own row. */
export function placeTip(box: HTMLElement, map: HTMLElement, { room, axes, detail }: AtlasPicture, cell: Cell): void {
  const size = 2 ** detail.level;
  const from = (at: number) => Math.floor(at / size) * size;
  const left = room.labelWidth + (from(cell.col) + size - axes.cols.from) * axes.cols.scale;
  const top = room.headHeight + (from(cell.row) - axes.rows.from) * axes.rows.scale;
  const below = top + Math.max(3, size * axes.rows.scale) + GAP;
  const y = below + box.offsetHeight > map.clientHeight + 12 ? top - GAP - box.offsetHeight : below;
  const x = Math.max(0, Math.min(left + 4, map.clientWidth - box.offsetWidth));
  Object.assign(box.style, { left: `${x}px`, top: `${y}px` });
}
