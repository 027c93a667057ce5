import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { ExplorationView, WholeView } from '../../src/contract/view.ts';
import type { Cell } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { icon } from '../controls/icon.ts';
import { cellName, isMaskedByHand } from './cell-description.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';
import { TITLE } from './legend.ts';

interface BodyInput {
  readonly view: WholeView;
  readonly layout: HeatmapLayout;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: () => void;
}

/**
 * Every cell an element of its own, in the flow of its row: one that were positioned would be a layer of its own. What
 * they are called and painted with is given to them by CellPainter, and their numbers are on its canvas above.
 * @param onNew the cells are others than before
 */
export function elementBody({ view, layout, onFocus, onBlur }: BodyInput, onNew: () => void): TemplateResult {
  const { rows, cols } = view;
  const { cellWidth } = layout;
  return html`<div role="grid" aria-label=${gridName(view)} aria-rowcount=${rows.length} aria-colcount=${cols.length}
    .style=${`--cell:${cellWidth - 1}px`} @focusin=${onFocus} @focusout=${onBlur}>
    ${guard([rows, cols, layout], () => {
      onNew();
      return cellRows(view, layout);
    })}</div><canvas class="numbers" aria-hidden="true" .style=${`width:${layout.bodyWidth}px;height:${layout.bodyHeight}px`}></canvas>`;
}

function cellRows({ rows, cols }: WholeView, { cellWidth, rowHeight }: HeatmapLayout) {
  const whole = Number.isInteger(cellWidth);
  const tall = Number.isInteger(rowHeight);
  return rows.map(
    (
      _,
      row,
    ) => html`<div role="row" .style=${tall ? `position:static;height:${rowHeight - 1}px;margin-bottom:1px` : `top:${row * rowHeight}px;height:${rowHeight - 1}px`}>
        ${cols.map((_, col) => {
          // Fractions of a pixel would add up.
          const place = whole ? '' : `position:absolute;left:${col * cellWidth}px`;
          return html`<span class="cell" role="gridcell" tabindex="-1" data-row=${row} data-col=${col} .style=${place}></span>`;
        })}</div>`,
  );
}

/** A canvas for all cells, and one element where the keyboard is. */
export function canvasBody({ view, layout, onFocus, onBlur }: BodyInput, cursor: Cell): TemplateResult {
  const { row, col } = cursor;
  const { cellWidth, rowHeight } = layout;
  return html`<canvas class="cells-canvas" aria-hidden="true"></canvas>
    <div role="grid" aria-label=${gridName(view)} aria-rowcount=${view.rows.length} aria-colcount=${view.cols.length}
      @focusin=${onFocus} @focusout=${onBlur}>
      <div role="row" aria-rowindex=${row + 1} .style=${`top:${row * rowHeight}px;height:${rowHeight}px`}>
        <span class="cell" role="gridcell" tabindex="0" data-row=${row} data-col=${col} aria-colindex=${col + 1}
          aria-label=${cellName(view, cursor)} .style=${`position:absolute;left:${col * cellWidth}px;width:${cellWidth}px`}></span>
      </div>
    </div>`;
}

function gridName(view: WholeView): string {
  return t('{0}, {1} queries by {2} keys', TITLE[view.of](), view.rows.length, view.cols.length);
}

/** Column labels: the keys. @param open called with a column that is clicked, where there is something to do with it */
export function colHeads(
  view: ExplorationView,
  layout: HeatmapLayout,
  shown: Cell | undefined,
  highlighted: readonly number[],
  open?: (col: number) => void,
): TemplateResult {
  const { cellWidth, everyCol, rotated } = layout;
  return html`<div class="colheads ${rotated ? 'rot' : ''}" aria-hidden="true" .style=${`--col-label:${layout.colLabel}px`}>
    ${view.cols.map((label, col) => {
      const isHighlighted = shown?.col === col || highlighted.includes(col);
      // Labels are thinned where they would overlap, but never the one that is pointed at.
      if (col % everyCol && !isHighlighted) return nothing;
      return html`<div class="col ${isHighlighted ? 'hov' : ''} ${label.special ? 'end' : ''} ${open ? 'opens' : ''}" title=${label.text}
        @click=${() => open?.(col)} .style=${`left:${col * cellWidth}px;width:${cellWidth - 1}px`}><span class=${isMaskedByHand(view, { row: 0, col }) ? 'struck' : ''} dir="auto">${label.text}</span></div>`;
    })}</div>`;
}

/** Row labels: the queries; a click makes one the query. */
export function rowHeads(
  view: ExplorationView,
  layout: HeatmapLayout,
  shown: Cell | undefined,
  highlighted: readonly number[],
  choose: (query: number) => void,
): TemplateResult {
  const { rowHeight, everyRow } = layout;
  return html`<div class="rowheads" aria-hidden="true">
    ${view.rows.map((label, row) => {
      const isHighlighted = shown?.row === row || highlighted.includes(row);
      if (row % everyRow && row !== view.row) return nothing;
      const height = Math.max(16, rowHeight - 1);
      return html`<div class="rl ${row === view.row ? 'on' : ''} ${isHighlighted && row !== view.row ? 'hov' : ''} ${label.special ? 'end' : ''}"
        title=${label.text} .style=${`top:${row * rowHeight + (rowHeight - 1 - height) / 2}px;height:${height}px`}
        @click=${() => choose(label.from)}>${icon('right')}<span dir="auto">${label.text}</span></div>`;
    })}</div>`;
}

/** What is drawn over the cells: the query's band, stripes of what is highlighted or pointed at, the picked cell. */
export function overlay(
  view: ExplorationView,
  layout: HeatmapLayout,
  shown: Cell | undefined,
  highlighted: { readonly rows: readonly number[]; readonly cols: readonly number[] },
) {
  const { cellWidth, rowHeight, bodyWidth, bodyHeight } = layout;
  const cell = (row: number) => `top:${row * rowHeight}px;height:${Math.max(1, rowHeight - 1)}px`;
  const stripe = (col: number) =>
    `top:0;height:${bodyHeight - 1}px;left:${col * cellWidth - 1}px;width:${cellWidth + 1}px`;
  return html`${view.row >= 0 ? html`<div class="band" .style=${`left:-2px;width:${bodyWidth + 3}px;top:${view.row * rowHeight - 2}px;height:${rowHeight + 3}px`}></div>` : nothing}
    ${highlighted.cols.filter((col) => col !== shown?.col).map((col) => html`<div class="stripe" .style=${stripe(col)}></div>`)}
    ${highlighted.rows.map((row) => html`<div class="stripe across" .style=${`left:0;width:${bodyWidth}px;${cell(row)}`}></div>`)}
    ${
      shown
        ? html`<div class="stripe" .style=${stripe(shown.col)}></div>
          <div class="pick" .style=${`${cell(shown.row)};left:${shown.col * cellWidth}px;width:${Math.max(1, cellWidth - 1)}px`}></div>`
        : nothing
    }`;
}
