import type { Cell } from './cell.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';

/** Scrolls a cell out from under the sticky labels. */
export function revealCell(scroll: HTMLElement, layout: HeatmapLayout, { row, col }: Cell): void {
  const { cellWidth, rowHeight, labelWidth, headHeight } = layout;
  const x = col * cellWidth;
  const y = row * rowHeight;
  const width = scroll.clientWidth - labelWidth;
  const height = scroll.clientHeight - headHeight;
  if (x < scroll.scrollLeft) scroll.scrollLeft = x;
  else if (x + cellWidth > scroll.scrollLeft + width) scroll.scrollLeft = x + cellWidth - width;
  if (y < scroll.scrollTop) scroll.scrollTop = y;
  else if (y + rowHeight > scroll.scrollTop + height) scroll.scrollTop = y + rowHeight - height;
}
