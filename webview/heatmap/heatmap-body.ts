import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import type { Cell } from './cell.ts';
import { cellName } from './cell-description.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';
import { TITLE } from './title.ts';

export interface BodyInput {
  readonly view: ExplorationView;
  readonly layout: HeatmapLayout;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: () => void;
}

/**
 * Every cell an element of its own, in the flow of its row: one that were positioned would be a layer of its own. What
 * they are called and painted with is given to them by dress-cells.ts, their numbers are on a canvas above
 * (paint-numbers.ts).
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

function cellRows({ rows, cols }: ExplorationView, { cellWidth, rowHeight }: HeatmapLayout) {
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

function gridName(view: ExplorationView): string {
  return t('{0}, {1} queries by {2} keys', TITLE[view.of](), view.rows.length, view.cols.length);
}
