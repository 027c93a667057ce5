import { html, nothing } from 'lit';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Cell } from './cell.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';

/** What is drawn over the cells: the query's band, stripes of what is lit or pointed at, the picked cell. */
export function overlay(
  view: ExplorationView,
  layout: HeatmapLayout,
  shown: Cell | undefined,
  lit: { readonly rows: readonly number[]; readonly cols: readonly number[] },
) {
  const { cellWidth, rowHeight, bodyWidth, bodyHeight } = layout;
  const cell = (row: number) => `top:${row * rowHeight}px;height:${Math.max(1, rowHeight - 1)}px`;
  const stripe = (col: number) =>
    `top:0;height:${bodyHeight - 1}px;left:${col * cellWidth - 1}px;width:${cellWidth + 1}px`;
  return html`${view.row >= 0 ? html`<div class="band" .style=${`left:-2px;width:${bodyWidth + 3}px;top:${view.row * rowHeight - 2}px;height:${rowHeight + 3}px`}></div>` : nothing}
    ${lit.cols.filter((col) => col !== shown?.col).map((col) => html`<div class="stripe" .style=${stripe(col)}></div>`)}
    ${lit.rows.map((row) => html`<div class="stripe across" .style=${`left:0;width:${bodyWidth}px;${cell(row)}`}></div>`)}
    ${
      shown
        ? html`<div class="stripe" .style=${stripe(shown.col)}></div>
          <div class="pick" .style=${`${cell(shown.row)};left:${shown.col * cellWidth}px;width:${Math.max(1, cellWidth - 1)}px`}></div>`
        : nothing
    }`;
}
