import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { WholeView } from '../../src/contract/view.ts';
import { act, type Cell, NO_CELL, raise } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { PaintedElement } from '../base/painted-element.ts';
import { theme } from '../color/theme.ts';
import { icon } from '../controls/icon.ts';
import { CellInteraction, strongest, walk } from './cell-interaction.ts';
import { CellPainter, isLarge } from './cell-painting.ts';
import { placeCellTip, tip } from './cell-tip.ts';
import { canvasBody, colHeads, elementBody, overlay, rowHeads } from './heatmap-body.ts';
import { type HeatmapLayout, heatmapLayout, MAX_HEIGHT, measureTexts, revealCell } from './heatmap-layout.ts';
import { type Highlight, highlighted } from './highlight.ts';
import { legend, pictureCaption, TITLE } from './legend.ts';
import { readerTable } from './reader-table.ts';
import { type ValueScale, valueScale } from './value-scale.ts';

/** Rows ask, columns are asked. Arrows walk the cells, Enter makes the row the query and steps, Esc leaves. */
@customElement('ax-heatmap')
export class Heatmap extends PaintedElement {
  @property({ attribute: false }) view: WholeView | undefined;
  @property({ attribute: false }) lit: Highlight | undefined;
  @property({ attribute: false }) zoom: number | 'fit' = 1;
  /** Values that the colours span, where that is more than the view's: two maps side by side share a scale. */
  @property({ attribute: false }) spanning: Float32Array | undefined;
  /** Whether tokens can be masked and rows forced from here. */
  @property({ type: Boolean }) changeable = false;
  /** Cell pointed at from elsewhere (the chips). */
  @property({ attribute: false }) pointed: Cell = NO_CELL;
  @state() private width = 0;
  private readonly cells = new CellInteraction(this);
  private readonly painter = new CellPainter(this);
  private layout: HeatmapLayout | undefined;
  /** Labels that it is made for. */
  private laid: Pick<WholeView, 'rows' | 'cols'> | undefined;
  private scale: ValueScale | undefined;
  protected override resized(): void {
    this.width = this.clientWidth;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { view } = this;
    if (!view) return;
    if (changed.has('view') || changed.has('spanning')) {
      this.scale = valueScale(view.of, this.spanning ?? view.map.values);
      const last = changed.get('view') as WholeView | undefined;
      const isOther = last?.runId !== view.runId || last.state.kind !== view.state.kind;
      if (isOther) this.cells.reset(strongestCell(view));
      else if (last.row !== view.row && !this.cells.focused && view.row >= 0) this.cells.place(strongestCell(view));
    }
    const { rows, cols } = view;
    const laid = this.laid?.rows === rows && this.laid.cols === cols && !changed.has('themeCount');
    if (!laid || changed.has('zoom') || changed.has('width') || !this.layout) {
      this.laid = { rows, cols };
      const width = this.width || this.clientWidth || 400;
      const family = theme.font;
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
    const { view, layout, scale, cells } = this;
    if (!view || !layout || !scale) return nothing;
    const { shown } = cells;
    const marked = highlighted(view, this.lit);
    const input = { view, layout, onFocus: this.onFocus, onBlur: this.onBlur };
    return html`<div class="head">
        <h2>${TITLE[view.of]()}</h2>
        <span class="cap">${pictureCaption(view)}</span>
        <button type="button" class="tool" title=${t('Zoom out (−)')} aria-label=${t('Zoom out')} @click=${() => this.zoomBy(0.8)}>${icon('minus')}</button>
        <button type="button" class="tool" title=${t('Zoom in (+)')} aria-label=${t('Zoom in')} @click=${() => this.zoomBy(1.25)}>${icon('plus')}</button>
        <button type="button" class="tool" title=${t('Fit')} aria-label=${t('Fit')} aria-pressed=${this.zoom === 'fit'}
          @click=${() => this.setZoom(this.zoom === 'fit' ? 1 : 'fit')}>${icon('fit')}</button>
      </div>
      <div class="map" @keydown=${this.onKey} @contextmenu=${this.onMenu}>
        <div class="scroll ${layout.overflow ? 'over-flow' : ''}" .style=${layout.overflow ? `max-height:${MAX_HEIGHT}px` : ''}
          @scroll=${this.onScroll}>
          <div class="plane" .style=${`grid-template:${layout.headHeight}px ${layout.bodyHeight}px / ${layout.labelWidth}px ${layout.bodyWidth}px`}>
            <div class="corner cap" aria-hidden="true">${t('query ╲ key')}</div>
            ${guard([view.cols, layout, shown?.col, marked.cols.join(), view.state.whatIf, this.changeable], () => colHeads(view, layout, shown, marked.cols, this.changeable ? this.openHead : undefined))}
            ${guard([view.rows, layout, shown?.row, marked.rows.join(), view.row], () => rowHeads(view, layout, shown, marked.rows, this.choose))}
            <div class="cells" @pointermove=${this.onPointer} @pointerleave=${() => cells.leave()} @click=${this.onClick}>
              ${isLarge(view) ? canvasBody(input, cells.cursor) : elementBody(input, this.painter.forget)}
              ${overlay(view, layout, shown, marked)}
            </div>
          </div>
        </div>
        ${legend(view.of, scale, theme.palette, shown ? view.map.values[shown.row * view.cols.length + shown.col] : undefined)}
        ${shown && !cells.menu && (cells.hovered || cells.focused) ? tip(view, shown, this.changeable) : nothing}
        ${cells.menuTemplate(view)}
        ${readerTable(view)}
      </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    const { view, layout, scale } = this;
    if (!view || !layout || !scale) return;
    if (!isLarge(view)) this.moveTabStop();
    const isNew = changed.has('view') || changed.has('spanning') || changed.has('themeCount');
    this.painter.update({ view, layout, scale }, isNew);
    this.placeTip(layout);
  }

  private placeTip(layout: HeatmapLayout): void {
    const part = (name: string) => this.querySelector<HTMLElement>(name);
    const [box, map, scroll, shown] = [part('.tip'), part('.map'), part('.scroll'), this.cells.shown];
    if (box && map && scroll && shown) placeCellTip(box, map, scroll, layout, shown);
  }

  /** Puts the keyboard on the cell where it was. */
  focusCell(): void {
    this.querySelector<HTMLElement>('.cell[tabindex="0"]')?.focus();
  }

  /** One cell is in the tab order: set by hand, so that walking does not compare every cell. */
  private moveTabStop(): void {
    const stop = this.cellElement(this.cells.cursor);
    for (const cell of this.querySelectorAll('.cell[tabindex="0"]'))
      if (cell !== stop) cell.setAttribute('tabindex', '-1');
    if (stop?.tabIndex !== 0) stop?.setAttribute('tabindex', '0');
  }

  private cellElement({ row, col }: Cell): HTMLElement | null {
    return this.querySelector(`.cell[data-row="${row}"][data-col="${col}"]`);
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

  private readonly onPointer = (event: PointerEvent) => this.cells.point(this.cellAt(event));

  private readonly onClick = (event: MouseEvent) => {
    const cell = this.cellAt(event);
    if (!cell) return;
    this.cells.place(cell);
    this.cells.choose(cell.row);
  };

  private readonly choose = (query: number) => act(this, { type: 'setQuery', query });

  private readonly onScroll = (event: Event) => {
    const { scrollLeft: left, scrollTop: top } = event.currentTarget as HTMLElement;
    this.painter.show({ left, top });
    if (this.layout) this.placeTip(this.layout);
  };

  private readonly onFocus = (event: FocusEvent) => {
    const element = event.target as HTMLElement;
    const { row, col } = element.dataset;
    this.cells.focus(element.matches(':focus-visible'), row ? { row: Number(row), col: Number(col) } : undefined);
  };

  private readonly onBlur = () => this.cells.blur();

  private readonly onKey = (event: KeyboardEvent) => {
    const { view } = this;
    if (!view || !(event.target as HTMLElement).closest('.cell') || event.ctrlKey || event.metaKey || event.altKey)
      return;
    const to = walk(event, this.cells.cursor, { rows: view.rows.length, cols: view.cols.length });
    if (to) this.moveTo(to);
    else if (event.key === '+' || event.key === '=') this.zoomBy(1.25);
    else if (event.key === '-') this.zoomBy(0.8);
    else if (!this.cells.press(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  private openMenu(row: number | undefined, col: number): void {
    const map = this.querySelector<HTMLElement>('.map');
    const scroll = this.querySelector<HTMLElement>('.scroll');
    const { layout } = this;
    if (!map || !scroll || !layout) return;
    const left = layout.labelWidth + col * layout.cellWidth - scroll.scrollLeft;
    const under = row === undefined ? 0 : (row + 1) * layout.rowHeight - scroll.scrollTop;
    this.cells.openMenu(row, col, left, layout.headHeight + under + 2, map.clientWidth);
  }

  private readonly openHead = (col: number) => this.openMenu(undefined, col);

  private readonly onMenu = (event: MouseEvent) => {
    if (!this.changeable || !(event.target as HTMLElement).closest('.cells')) return;
    const cell = this.cellAt(event) ?? (this.cells.focused ? this.cells.cursor : undefined);
    if (!cell) return;
    event.preventDefault();
    this.openMenu(cell.row, cell.col);
  };

  private moveTo(cell: Cell): void {
    this.cells.moveTo(cell);
    void this.updateComplete.then(() => {
      const { cursor } = this.cells;
      this.cellElement(cursor)?.focus({ preventScroll: true });
      const scroll = this.querySelector<HTMLElement>('.scroll.over-flow');
      if (scroll && this.layout) revealCell(scroll, this.layout, cursor);
      this.cells.focus(true);
    });
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
    raise(this, 'ax-zoom', zoom);
  }
}

/** The cell that the query looks at most. */
function strongestCell({ row, cols, map: { weights } }: WholeView): Cell {
  const from = Math.max(0, row) * cols.length;
  return { row: Math.max(0, row), col: strongest(weights.subarray(from, from + cols.length)) };
}
