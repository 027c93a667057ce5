import { html, nothing, type TemplateResult } from 'lit';
import type { ExplorationView } from '../../src/contract/view.ts';
import { icon } from '../controls/icon.ts';
import type { Cell } from './cell.ts';
import { isMaskedByHand } from './cell-notes.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';

/** Column labels: the keys. @param open called with a column that is clicked, where there is something to do with it */
export function colHeads(
  view: ExplorationView,
  layout: HeatmapLayout,
  shown: Cell | undefined,
  lit: readonly number[],
  open?: (col: number) => void,
): TemplateResult {
  const { cellWidth, everyCol, rotated } = layout;
  return html`<div class="colheads ${rotated ? 'rot' : ''}" aria-hidden="true" .style=${`--col-label:${layout.colLabel}px`}>
    ${view.cols.map((label, col) => {
      const isLit = shown?.col === col || lit.includes(col);
      // Labels are thinned where they would overlap, but never the one that is pointed at.
      if (col % everyCol && !isLit) return nothing;
      return html`<div class="col ${isLit ? 'hov' : ''} ${label.special ? 'end' : ''} ${open ? 'opens' : ''}" title=${label.text}
        @click=${() => open?.(col)} .style=${`left:${col * cellWidth}px;width:${cellWidth - 1}px`}><span class=${isMaskedByHand(view, { row: 0, col }) ? 'struck' : ''} dir="auto">${label.text}</span></div>`;
    })}</div>`;
}

/** Row labels: the queries; a click makes one the query. */
export function rowHeads(
  view: ExplorationView,
  layout: HeatmapLayout,
  shown: Cell | undefined,
  lit: readonly number[],
  choose: (query: number) => void,
): TemplateResult {
  const { rowHeight, everyRow } = layout;
  return html`<div class="rowheads" aria-hidden="true">
    ${view.rows.map((label, row) => {
      const isLit = shown?.row === row || lit.includes(row);
      if (row % everyRow && row !== view.row) return nothing;
      const height = Math.max(16, rowHeight - 1);
      return html`<div class="rl ${row === view.row ? 'on' : ''} ${isLit && row !== view.row ? 'hov' : ''} ${label.special ? 'end' : ''}"
        title=${label.text} .style=${`top:${row * rowHeight + (rowHeight - 1 - height) / 2}px;height:${height}px`}
        @click=${() => choose(label.from)}>${icon('right')}<span dir="auto">${label.text}</span></div>`;
    })}</div>`;
}
