import { html, type TemplateResult } from 'lit';
import type { ExplorationView } from '../../src/protocol/exploration-view.ts';
import { css } from '../color/palette.ts';
import { theme } from '../color/theme.ts';
import { t } from '../l10n.ts';
import type { Cell } from './cell.ts';
import { dimmed } from './cell-color.ts';
import { cellName } from './cell-name.ts';
import { isLinked } from './cell-notes.ts';
import type { HeatmapLayout } from './layout.ts';
import type { ValueScale } from './scale.ts';
import { TITLE } from './title.ts';

export interface BodyInput {
  readonly view: ExplorationView;
  readonly layout: HeatmapLayout;
  readonly scale: ValueScale;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: () => void;
}

/**
 * Every cell an element of its own, in the flow of its row: one that were positioned would be a layer of its own. Their
 * numbers are on a canvas above (paint-numbers.ts).
 */
export function elementBody({ view, layout, scale, onFocus, onBlur }: BodyInput): TemplateResult {
  const { cellWidth, rowHeight } = layout;
  const { palette } = theme;
  const cols = view.cols.length;
  const dim = view.state.special === 'dim';
  const whole = Number.isInteger(cellWidth);
  const tall = Number.isInteger(rowHeight);
  return html`<div role="grid" aria-label=${gridName(view)} aria-rowcount=${view.rows.length} aria-colcount=${cols}
    .style=${`--cell:${cellWidth - 1}px`} @focusin=${onFocus} @focusout=${onBlur}>
    ${view.rows.map(
      (
        label,
        row,
      ) => html`<div role="row" .style=${tall ? `position:static;height:${rowHeight - 1}px;margin-bottom:1px` : `top:${row * rowHeight}px;height:${rowHeight - 1}px`}>
        ${view.cols.map((key, col) => {
          const value = view.values[row * cols + col]!;
          const masked = Number.isNaN(value);
          let color = masked ? palette.background : scale.color(value, palette);
          if (dim && (label.special || key.special)) color = dimmed(color, palette);
          const paint = masked ? '' : `background:${css(color)};`;
          // Fractions of a pixel would add up.
          const place = whole ? '' : `position:absolute;left:${col * cellWidth}px`;
          return html`<span class="cell ${masked ? 'masked' : ''} ${isLinked(view, { row, col }) ? 'linked' : ''}" role="gridcell" tabindex="-1" data-row=${row} data-col=${col}
            aria-label=${cellName(view, { row, col })} .style=${paint + place}></span>`;
        })}</div>`,
    )}</div><canvas class="numbers" aria-hidden="true" .style=${`width:${layout.bodyWidth}px;height:${layout.bodyHeight}px`}></canvas>`;
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
