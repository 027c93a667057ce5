import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { ExplorationView } from '../../src/protocol/exploration-view.ts';
import { css } from '../color/palette.ts';
import { theme } from '../color/theme.ts';
import { icon } from '../controls/icon.ts';
import { act, hover } from '../events.ts';
import { short } from '../format.ts';
import { t } from '../l10n.ts';
import { dimmed } from './cell-color.ts';
import { cellName } from './cell-name.ts';
import { cellText } from './cell-text.ts';
import { type Highlight, highlighted } from './highlighted.ts';
import { type HeatmapLayout, heatmapLayout, MAX_HEIGHT } from './layout.ts';
import { legend } from './legend.ts';
import { measureTexts } from './measure.ts';
import { paintCells } from './paint-cells.ts';
import { readerTable } from './reader-table.ts';
import { type ValueScale, valueScale } from './scale.ts';
import { placeTip, tip } from './tip.ts';

/** From here on cells are painted on a canvas instead of being elements. */
const MAX_ELEMENTS = 1600;

export interface Cell {
  readonly row: number;
  readonly col: number;
}

/** Rows ask, columns are asked. Arrows walk the cells, Enter makes the row the query and steps, Esc leaves. */
@customElement('ax-heatmap')
export class Heatmap extends LitElement {
  @property({ attribute: false }) view: ExplorationView | undefined;
  @property({ attribute: false }) lit: Highlight | undefined;
  @property({ attribute: false }) zoom: number | 'fit' = 1;
  /** Cell pointed at from elsewhere (the chips). */
  @property({ attribute: false }) pointed: Cell = { row: -1, col: -1 };
  @state() private hovered: Cell | undefined;
  /** Where the keyboard is; kept while the view changes, as far as it reaches. */
  @state() private cursor: Cell = { row: 0, col: 0 };
  @state() private focused = false;
  @state() private width = 0;
  @state() private themeCount = 0;
  private layout: HeatmapLayout | undefined;
  private scale: ValueScale | undefined;
  private stopListening: (() => void) | undefined;
  private readonly resize = new ResizeObserver(() => {
    this.width = this.clientWidth;
  });

  override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
    this.stopListening = theme.listen(() => this.themeCount++);
  }

  override disconnectedCallback(): void {
    this.resize.disconnect();
    this.stopListening?.();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { view } = this;
    if (!view) return;
    if (changed.has('view')) {
      this.scale = valueScale(view.of, view.values);
      const last = changed.get('view') as ExplorationView | undefined;
      if (last?.runId !== view.runId || last.state.kind !== view.state.kind) {
        this.hovered = undefined;
        this.cursor = { row: Math.max(0, view.row), col: this.strongest(Math.max(0, view.row)) };
      } else if (last.row !== view.row && !this.focused && view.row >= 0) {
        this.cursor = { row: view.row, col: this.strongest(view.row) };
      }
      this.cursor = {
        row: Math.max(0, Math.min(this.cursor.row, view.rows.length - 1)),
        col: Math.max(0, Math.min(this.cursor.col, view.cols.length - 1)),
      };
      if (this.hovered && (this.hovered.row >= view.rows.length || this.hovered.col >= view.cols.length))
        this.hovered = undefined;
    }
    if (changed.has('view') || changed.has('zoom') || changed.has('width') || !this.layout) {
      const width = this.width || this.clientWidth || 400;
      const family = getComputedStyle(this).fontFamily;
      this.layout = heatmapLayout({
        width,
        rowLabels: measureTexts(
          view.rows.map((label) => label.text),
          `600 13px ${family}`,
        ),
        colLabels: measureTexts(
          view.cols.map((label) => label.text),
          `600 12px ${family}`,
        ),
        corner: measureTexts([t('query ╲ key')], `11px ${family}`)[0]!,
        zoom: this.zoom,
      });
    }
  }

  override render() {
    const { view, layout, scale } = this;
    if (!view || !layout || !scale) return nothing;
    const shown = this.shown();
    return html`<div class="head">
        <h2>${TITLE[view.of]()}</h2>
        <span class="cap">${this.caption(view)}</span>
        <button type="button" class="tool" title=${t('Zoom out (−)')} aria-label=${t('Zoom out')} @click=${() => this.zoomBy(0.8)}>${icon('minus')}</button>
        <button type="button" class="tool" title=${t('Zoom in (+)')} aria-label=${t('Zoom in')} @click=${() => this.zoomBy(1.25)}>${icon('plus')}</button>
        <button type="button" class="tool" title=${t('Fit')} aria-label=${t('Fit')} aria-pressed=${this.zoom === 'fit'}
          @click=${() => this.setZoom(this.zoom === 'fit' ? 1 : 'fit')}>${icon('fit')}</button>
      </div>
      <div class="map" @keydown=${this.onKey}>
        <div class="scroll ${layout.overflow ? 'over-flow' : ''}" .style=${layout.overflow ? `max-height:${MAX_HEIGHT}px` : ''}
          @scroll=${this.onScroll}>
          <div class="plane" .style=${`grid-template:${layout.headHeight}px ${layout.bodyHeight}px / ${layout.labelWidth}px ${layout.bodyWidth}px`}>
            <div class="corner cap" aria-hidden="true">${t('query ╲ key')}</div>
            ${this.colHeads(view, layout, shown)} ${this.rowHeads(view, layout, shown)}
            <div class="cells" @pointermove=${this.onPointer} @pointerleave=${this.onLeave} @click=${this.onClick}>
              ${this.isLarge(view) ? this.canvasBody(view) : guard([view, layout, this.themeCount], () => this.elementBody(view, layout))}
              ${this.overlay(view, layout, shown)}
            </div>
          </div>
        </div>
        ${legend(view.of, scale, theme.palette, shown ? view.values[shown.row * view.cols.length + shown.col] : undefined)}
        ${shown && (this.hovered || this.focused) ? tip(view, shown) : nothing}
        ${readerTable(view)}
      </div>`;
  }

  protected override updated(): void {
    const { view, layout, scale } = this;
    if (!view || !layout || !scale) return;
    if (this.isLarge(view)) this.paint();
    else this.moveTabStop();
    const box = this.querySelector<HTMLElement>('.tip');
    const shown = this.shown();
    if (box && shown)
      placeTip(
        box,
        this.querySelector<HTMLElement>('.map')!,
        this.querySelector<HTMLElement>('.scroll')!,
        layout,
        shown,
      );
  }

  /** Puts the keyboard on the cell where it was. */
  focusCell(): void {
    this.querySelector<HTMLElement>('.cell[tabindex="0"]')?.focus();
  }

  /** One cell is in the tab order: set by hand, so that walking does not compare every cell. */
  private moveTabStop(): void {
    for (const cell of this.querySelectorAll('.cell[tabindex="0"]')) cell.setAttribute('tabindex', '-1');
    this.cellElement(this.cursor)?.setAttribute('tabindex', '0');
  }

  private cellElement({ row, col }: Cell): HTMLElement | null {
    return this.querySelector(`.cell[data-row="${row}"][data-col="${col}"]`);
  }

  private isLarge(view: ExplorationView): boolean {
    return view.rows.length * view.cols.length > MAX_ELEMENTS;
  }

  private shown(): Cell | undefined {
    if (this.hovered) return this.hovered;
    if (this.focused) return this.cursor;
    const { row, col } = this.pointed;
    const at = row >= 0 ? row : (this.view?.row ?? -1);
    return col >= 0 && at >= 0 ? { row: at, col } : undefined;
  }

  private strongest(row: number): number {
    const { weights, cols } = this.view!;
    let best = 0;
    for (let col = 1; col < cols.length; col++) {
      if ((weights[row * cols.length + col] || 0) > (weights[row * cols.length + best] || 0)) best = col;
    }
    return best;
  }

  private caption(view: ExplorationView): string {
    const head = `${short('L', view.state.layer, t('mean'))} · ${short('H', view.state.head, t('mean'))}`;
    return view.renormalized ? `${head} · ${t('special tokens left out, each row divided by what remains')}` : head;
  }

  private colHeads(view: ExplorationView, layout: HeatmapLayout, shown: Cell | undefined): TemplateResult {
    const lit = highlighted(view, this.lit).cols;
    const { cellWidth, everyCol, rotated } = layout;
    return html`<div class="colheads ${rotated ? 'rot' : ''}" aria-hidden="true" .style=${`--col-label:${layout.colLabel}px`}>
      ${view.cols.map((label, col) => {
        const isLit = shown?.col === col || lit.includes(col);
        // Labels are thinned where they would overlap, but never the one that is pointed at.
        if (col % everyCol && !isLit) return nothing;
        return html`<div class="col ${isLit ? 'hov' : ''} ${label.special ? 'end' : ''}" title=${label.text}
          .style=${`left:${col * cellWidth}px;width:${cellWidth - 1}px`}><span dir="auto">${label.text}</span></div>`;
      })}</div>`;
  }

  private rowHeads(view: ExplorationView, layout: HeatmapLayout, shown: Cell | undefined): TemplateResult {
    const lit = highlighted(view, this.lit).rows;
    const { rowHeight, everyRow } = layout;
    return html`<div class="rowheads" aria-hidden="true">
      ${view.rows.map((label, row) => {
        const isLit = shown?.row === row || lit.includes(row);
        if (row % everyRow && row !== view.row) return nothing;
        const height = Math.max(16, rowHeight - 1);
        return html`<div class="rl ${row === view.row ? 'on' : ''} ${isLit && row !== view.row ? 'hov' : ''} ${label.special ? 'end' : ''}"
          title=${label.text} .style=${`top:${row * rowHeight + (rowHeight - 1 - height) / 2}px;height:${height}px`}
          @click=${() => act(this, { type: 'setQuery', query: label.from })}>${icon('right')}<span dir="auto">${label.text}</span></div>`;
      })}</div>`;
  }

  private elementBody(view: ExplorationView, layout: HeatmapLayout): TemplateResult {
    const { cellWidth, rowHeight } = layout;
    const { palette } = theme;
    const cols = view.cols.length;
    const dim = view.state.special === 'dim';
    return html`<div role="grid" aria-label=${this.gridName(view)} aria-rowcount=${view.rows.length} aria-colcount=${cols}
      @focusin=${this.onFocus} @focusout=${this.onBlur}>
      ${view.rows.map(
        (label, row) => html`<div role="row" .style=${`top:${row * rowHeight}px;height:${rowHeight - 1}px`}>
          ${view.cols.map((key, col) => {
            const value = view.values[row * cols + col]!;
            const masked = Number.isNaN(value);
            let color = masked ? palette.background : this.scale!.color(value, palette);
            if (dim && (label.special || key.special)) color = dimmed(color, palette);
            const paint = masked ? '' : `background:${css(color)};color:${css(palette.ink(color))};`;
            return html`<span class="cell ${masked ? 'masked' : ''}" role="gridcell" tabindex="-1" data-row=${row} data-col=${col}
              aria-label=${cellName(view, { row, col })} data-text=${cellText(view.of, value, cellWidth - 1, rowHeight - 1)}
              .style=${`${paint}left:${col * cellWidth}px;width:${cellWidth - 1}px`}></span>`;
          })}</div>`,
      )}</div>`;
  }

  private canvasBody(view: ExplorationView): TemplateResult {
    const { row, col } = this.cursor;
    const { cellWidth, rowHeight } = this.layout!;
    return html`<canvas class="cells-canvas" aria-hidden="true"></canvas>
      <div role="grid" aria-label=${this.gridName(view)} aria-rowcount=${view.rows.length} aria-colcount=${view.cols.length}
        @focusin=${this.onFocus} @focusout=${this.onBlur}>
        <div role="row" aria-rowindex=${row + 1} .style=${`top:${row * rowHeight}px;height:${rowHeight}px`}>
          <span class="cell" role="gridcell" tabindex="0" data-row=${row} data-col=${col} aria-colindex=${col + 1}
            aria-label=${cellName(view, this.cursor)} .style=${`left:${col * cellWidth}px;width:${cellWidth}px`}></span>
        </div>
      </div>`;
  }

  private gridName(view: ExplorationView): string {
    return t('{0}, {1} queries by {2} keys', TITLE[view.of](), view.rows.length, view.cols.length);
  }

  private overlay(view: ExplorationView, layout: HeatmapLayout, shown: Cell | undefined) {
    const { cellWidth, rowHeight, bodyWidth, bodyHeight } = layout;
    const lit = highlighted(view, this.lit);
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

  private paint(): void {
    const canvas = this.querySelector<HTMLCanvasElement>('canvas.cells-canvas');
    const scroll = this.querySelector<HTMLElement>('.scroll');
    const { view, layout, scale } = this;
    if (!canvas || !scroll || !view || !layout || !scale) return;
    const width = Math.min(layout.bodyWidth, Math.max(1, scroll.clientWidth - layout.labelWidth));
    const height = Math.min(
      layout.bodyHeight,
      Math.max(1, Math.min(scroll.clientHeight, MAX_HEIGHT) - layout.headHeight),
    );
    Object.assign(canvas.style, {
      left: `${layout.labelWidth}px`,
      top: `${layout.headHeight}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    const area = { left: scroll.scrollLeft, top: scroll.scrollTop, width, height, ratio: window.devicePixelRatio || 1 };
    paintCells(canvas, view, layout, scale, theme.palette, area);
  }

  private cellAt(event: PointerEvent | MouseEvent): Cell | undefined {
    const { view, layout } = this;
    const cells = this.querySelector<HTMLElement>('.cells');
    if (!view || !layout || !cells) return undefined;
    const box = cells.getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / layout.rowHeight);
    const col = Math.floor((event.clientX - box.left) / layout.cellWidth);
    return row >= 0 && col >= 0 && row < view.rows.length && col < view.cols.length ? { row, col } : undefined;
  }

  private readonly onPointer = (event: PointerEvent) => {
    const cell = this.cellAt(event);
    if (cell?.row === this.hovered?.row && cell?.col === this.hovered?.col) return;
    this.hovered = cell;
    hover(this, cell?.row ?? -1, cell?.col ?? -1);
  };

  private readonly onLeave = () => {
    this.hovered = undefined;
    if (this.focused) hover(this, this.cursor.row, this.cursor.col);
    else hover(this, -1, -1);
  };

  private readonly onClick = (event: MouseEvent) => {
    const cell = this.cellAt(event);
    const label = cell && this.view?.rows[cell.row];
    if (!cell || !label) return;
    this.cursor = cell;
    if (cell.row !== this.view!.row) act(this, { type: 'setQuery', query: label.from });
  };

  private readonly onScroll = () => {
    if (this.view && this.isLarge(this.view)) this.paint();
    const shown = this.shown();
    const box = this.querySelector<HTMLElement>('.tip');
    if (box && shown)
      placeTip(
        box,
        this.querySelector<HTMLElement>('.map')!,
        this.querySelector<HTMLElement>('.scroll')!,
        this.layout!,
        shown,
      );
  };

  private readonly onFocus = (event: FocusEvent) => {
    const cell = event.target as HTMLElement;
    this.focused = cell.matches(':focus-visible');
    if (cell.dataset.row) this.cursor = { row: Number(cell.dataset.row), col: Number(cell.dataset.col) };
    if (this.focused) hover(this, this.cursor.row, this.cursor.col);
  };

  private readonly onBlur = () => {
    this.focused = false;
    hover(this, -1, -1);
  };

  private readonly onKey = (event: KeyboardEvent) => {
    const { view } = this;
    if (!view || !(event.target as HTMLElement).closest('.cell') || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const { row, col } = this.cursor;
    const moves: Record<string, Cell> = {
      ArrowUp: { row: row - 1, col },
      ArrowDown: { row: row + 1, col },
      ArrowLeft: { row, col: col - 1 },
      ArrowRight: { row, col: col + 1 },
      Home: { row, col: 0 },
      End: { row, col: view.cols.length - 1 },
      PageUp: { row: row - 10, col },
      PageDown: { row: row + 10, col },
    };
    const to = moves[event.key];
    if (to) this.moveTo(to);
    else if (event.key === 'Enter') {
      // First the row that the keyboard is on becomes the query; from there on Enter steps.
      if (row !== view.row) act(this, { type: 'setQuery', query: view.rows[row]!.from });
      else act(this, { type: 'nextPhase' });
    } else if (event.key === 'Escape') {
      this.hovered = undefined;
      this.dispatchEvent(new CustomEvent('ax-leave', { bubbles: true, composed: true }));
    } else if (event.key === '+' || event.key === '=') this.zoomBy(1.25);
    else if (event.key === '-') this.zoomBy(0.8);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private moveTo(cell: Cell): void {
    const view = this.view!;
    this.hovered = undefined;
    this.cursor = {
      row: Math.max(0, Math.min(view.rows.length - 1, cell.row)),
      col: Math.max(0, Math.min(view.cols.length - 1, cell.col)),
    };
    void this.updateComplete.then(() => {
      const { row, col } = this.cursor;
      this.cellElement(this.cursor)?.focus({ preventScroll: true });
      this.reveal(row, col);
      this.focused = true;
      hover(this, row, col);
    });
  }

  /** Scrolls the cell out from under the sticky labels. */
  private reveal(row: number, col: number): void {
    const scroll = this.querySelector<HTMLElement>('.scroll.over-flow');
    if (!scroll) return;
    const { cellWidth, rowHeight, labelWidth, headHeight } = this.layout!;
    const x = col * cellWidth;
    const y = row * rowHeight;
    const width = scroll.clientWidth - labelWidth;
    const height = scroll.clientHeight - headHeight;
    if (x < scroll.scrollLeft) scroll.scrollLeft = x;
    else if (x + cellWidth > scroll.scrollLeft + width) scroll.scrollLeft = x + cellWidth - width;
    if (y < scroll.scrollTop) scroll.scrollTop = y;
    else if (y + rowHeight > scroll.scrollTop + height) scroll.scrollTop = y + rowHeight - height;
  }

  private zoomBy(factor: number): void {
    const { view, layout } = this;
    if (!view || !layout) return;
    // From "fit" the zoom goes on from the size in sight.
    const now = this.zoom === 'fit' ? Math.max(0.1, layout.cellWidth / 29) : this.zoom;
    this.setZoom(Math.max(0.1, Math.min(8, now * factor)));
  }

  private setZoom(zoom: number | 'fit'): void {
    this.zoom = zoom;
    this.dispatchEvent(new CustomEvent('ax-zoom', { detail: zoom, bubbles: true, composed: true }));
  }
}

const TITLE = { score: () => t('Scores'), weight: () => t('Weights'), contribution: () => t('Contributions') };
