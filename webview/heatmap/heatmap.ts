import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { WholeView } from '../../src/contract/view.ts';
import { act, type Cell, hover } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { PaintedElement } from '../base/painted-element.ts';
import { theme } from '../color/theme.ts';
import { icon } from '../controls/icon.ts';
import { forceActions, maskAction, whatIfItems } from '../what-if/what-if-edits.ts';
import { inside, strongest, walk } from './cell-interaction.ts';
import { dressCells, paintCells, paintNumbers } from './cell-painting.ts';
import { placeTip, tip } from './cell-tip.ts';
import { canvasBody, colHeads, elementBody, overlay, rowHeads } from './heatmap-body.ts';
import { type HeatmapLayout, heatmapLayout, MAX_HEIGHT, measureTexts, revealCell } from './heatmap-layout.ts';
import { type Highlight, highlighted } from './highlight.ts';
import { legend, pictureCaption, TITLE } from './legend.ts';
import { readerTable } from './reader-table.ts';
import { type ValueScale, valueScale } from './value-scale.ts';

/** From here on cells are painted on a canvas instead of being elements. */
const MAX_ELEMENTS = 400;
/** Most that the menu of a cell is wide, px. */
const MENU_WIDTH = 280;

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
  @property({ attribute: false }) pointed: Cell = { row: -1, col: -1 };
  @state() private hovered: Cell | undefined;
  /** Where the keyboard is; kept while the view changes, as far as it reaches. */
  @state() private cursor: Cell = { row: 0, col: 0 };
  @state() private focused = false;
  /** The menu of a cell, or of a key alone. */
  @state() private menu:
    | { readonly row: number | undefined; readonly col: number; readonly left: number; readonly top: number }
    | undefined;
  @state() private width = 0;
  private layout: HeatmapLayout | undefined;
  /** Labels that it is made for. */
  private laid: Pick<WholeView, 'rows' | 'cols'> | undefined;
  private scale: ValueScale | undefined;
  private frame = { left: 0, top: 0, width: 0, height: 0 };
  private framed: HTMLElement | undefined;
  private readonly frames = new ResizeObserver((entries) => {
    const { width, height } = entries.at(-1)!.contentRect;
    this.frame = { ...this.frame, width, height };
    if (this.view && this.isLarge(this.view)) this.paint();
  });
  /** What the cells were given last. */
  private dressed: Parameters<typeof dressCells>[3] = [];
  /** Layout that was painted in, and the frame that was asked for to paint. */
  private painted: HeatmapLayout | undefined;
  private asked = 0;

  protected override resized(): void {
    this.width = this.clientWidth;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { view } = this;
    if (!view) return;
    if (changed.has('view') || changed.has('spanning')) {
      this.scale = valueScale(view.of, this.spanning ?? view.map.values);
      const last = changed.get('view') as WholeView | undefined;
      if (last?.runId !== view.runId || last.state.kind !== view.state.kind) {
        this.hovered = undefined;
        this.menu = undefined;
        this.cursor = { row: Math.max(0, view.row), col: strongest(view, Math.max(0, view.row)) };
      } else if (last.row !== view.row && !this.focused && view.row >= 0) {
        this.cursor = { row: view.row, col: strongest(view, view.row) };
      }
      this.cursor = inside(view, this.cursor);
      if (this.menu && this.menu.col >= view.cols.length) this.menu = undefined;
      if (this.hovered && (this.hovered.row >= view.rows.length || this.hovered.col >= view.cols.length))
        this.hovered = undefined;
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
    const { view, layout, scale } = this;
    if (!view || !layout || !scale) return nothing;
    const shown = this.shown();
    const lit = highlighted(view, this.lit);
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
            ${guard([view.cols, layout, shown?.col, lit.cols.join(), view.state.whatIf, this.changeable], () => colHeads(view, layout, shown, lit.cols, this.changeable ? this.openHead : undefined))}
            ${guard([view.rows, layout, shown?.row, lit.rows.join(), view.row], () => rowHeads(view, layout, shown, lit.rows, this.choose))}
            <div class="cells" @pointermove=${this.onPointer} @pointerleave=${this.onLeave} @click=${this.onClick}>
              ${this.isLarge(view) ? canvasBody(input, this.cursor) : elementBody(input, this.onNewCells)}
              ${overlay(view, layout, shown, lit)}
            </div>
          </div>
        </div>
        ${legend(view.of, scale, theme.palette, shown ? view.map.values[shown.row * view.cols.length + shown.col] : undefined)}
        ${shown && !this.menu && (this.hovered || this.focused) ? tip(view, shown, this.changeable) : nothing}
        ${this.menu ? this.cellMenu(view, this.menu) : nothing}
        ${readerTable(view)}
      </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    const { view, layout, scale } = this;
    if (!view || !layout || !scale) return;
    const same = !changed.has('view') && !changed.has('spanning') && !changed.has('themeCount');
    if (!this.isLarge(view)) {
      this.moveTabStop();
      // Before the frame: what is laid out and painted is then as it will stay.
      if (!same || this.dressed.length === 0)
        dressCells(this.querySelectorAll<HTMLElement>('.cell'), view, scale, this.dressed);
    }
    if (!same || this.painted !== layout) this.paintSoon();
    this.painted = layout;
    this.placeTip(layout);
  }

  /** With the frame: text on a canvas has the page laid out, which is best done once, when all its parts stand. */
  private paintSoon(): void {
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      const { view, layout, scale } = this;
      if (!view || !layout || !scale) return;
      const canvas = this.querySelector<HTMLCanvasElement>('canvas.numbers');
      if (this.isLarge(view)) this.paint();
      else if (canvas) paintNumbers(canvas, view, layout, scale, theme);
    });
  }

  private placeTip(layout: HeatmapLayout): void {
    const part = (name: string) => this.querySelector<HTMLElement>(name);
    const [box, map, scroll, shown] = [part('.tip'), part('.map'), part('.scroll'), this.shown()];
    if (box && map && scroll && shown) placeTip(box, map, scroll, layout, shown);
  }

  /** Puts the keyboard on the cell where it was. */
  focusCell(): void {
    this.querySelector<HTMLElement>('.cell[tabindex="0"]')?.focus();
  }

  /** One cell is in the tab order: set by hand, so that walking does not compare every cell. */
  private moveTabStop(): void {
    const stop = this.cellElement(this.cursor);
    for (const cell of this.querySelectorAll('.cell[tabindex="0"]'))
      if (cell !== stop) cell.setAttribute('tabindex', '-1');
    if (stop?.tabIndex !== 0) stop?.setAttribute('tabindex', '0');
  }

  private cellElement({ row, col }: Cell): HTMLElement | null {
    return this.querySelector(`.cell[data-row="${row}"][data-col="${col}"]`);
  }

  private isLarge(view: WholeView): boolean {
    return view.rows.length * view.cols.length > MAX_ELEMENTS;
  }

  private shown(): Cell | undefined {
    if (this.hovered) return this.hovered;
    if (this.focused) return this.cursor;
    const { row, col } = this.pointed;
    const at = row >= 0 ? row : (this.view?.row ?? -1);
    return col >= 0 && at >= 0 ? { row: at, col } : undefined;
  }

  private paint(): void {
    const canvas = this.querySelector<HTMLCanvasElement>('canvas.cells-canvas');
    const scroll = this.querySelector<HTMLElement>('.scroll');
    const { view, layout, scale } = this;
    if (!canvas || !scroll || !view || !layout || !scale) return;
    const frame = this.frameOf(scroll);
    const width = Math.min(layout.bodyWidth, Math.max(1, frame.width - layout.labelWidth));
    const height = Math.min(layout.bodyHeight, Math.max(1, Math.min(frame.height, MAX_HEIGHT) - layout.headHeight));
    Object.assign(canvas.style, {
      left: `${layout.labelWidth}px`,
      top: `${layout.headHeight}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    const area = { left: frame.left, top: frame.top, width, height };
    paintCells(canvas, view, layout, scale, theme.palette, area);
  }

  /** What of the plane is in sight, as told by the browser: asked for at each step, the page would be laid out twice. */
  private frameOf(scroll: HTMLElement) {
    if (this.framed !== scroll) {
      this.frames.disconnect();
      this.frames.observe(scroll);
      this.framed = scroll;
      this.frame = {
        left: scroll.scrollLeft,
        top: scroll.scrollTop,
        width: scroll.clientWidth,
        height: scroll.clientHeight,
      };
    }
    return this.frame;
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

  /** Other elements, which wear nothing yet. */
  private readonly onNewCells = () => {
    this.dressed = [];
  };

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

  private readonly choose = (query: number) => act(this, { type: 'setQuery', query });

  private readonly onScroll = (event: Event) => {
    const { scrollLeft: left, scrollTop: top } = event.currentTarget as HTMLElement;
    this.frame = { ...this.frame, left, top };
    if (this.view && this.isLarge(this.view)) this.paint();
    if (this.layout) this.placeTip(this.layout);
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
    const { row } = this.cursor;
    const to = walk(event.key, this.cursor, view.cols.length);
    if (to) this.moveTo(to);
    else if (this.changeable && event.key.toLowerCase() === 'm') act(this, maskAction(view, this.cursor.col));
    else if (this.changeable && event.key.toLowerCase() === 'f')
      for (const action of forceActions(view, row, this.cursor.col)) act(this, action);
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

  private cellMenu(view: WholeView, { row, col, left, top }: NonNullable<typeof this.menu>) {
    return html`<ax-menu .name=${t('What if')} .place=${{ left, top }} @ax-closed=${() => (this.menu = undefined)}
      .groups=${whatIfItems(view, row, col, (action) => act(this, action))}></ax-menu>`;
  }

  private openMenu(row: number | undefined, col: number): void {
    const map = this.querySelector<HTMLElement>('.map');
    const scroll = this.querySelector<HTMLElement>('.scroll');
    const { layout } = this;
    if (!map || !scroll || !layout) return;
    const left = layout.labelWidth + col * layout.cellWidth - scroll.scrollLeft;
    const under = row === undefined ? 0 : (row + 1) * layout.rowHeight - scroll.scrollTop;
    this.menu = {
      row,
      col,
      left: Math.max(0, Math.min(left, map.clientWidth - MENU_WIDTH)),
      top: layout.headHeight + under + 2,
    };
  }

  private readonly openHead = (col: number) => this.openMenu(undefined, col);

  private readonly onMenu = (event: MouseEvent) => {
    if (!this.changeable || !(event.target as HTMLElement).closest('.cells')) return;
    const cell = this.cellAt(event) ?? (this.focused ? this.cursor : undefined);
    if (!cell) return;
    event.preventDefault();
    this.openMenu(cell.row, cell.col);
  };

  private moveTo(cell: Cell): void {
    const view = this.view!;
    this.hovered = undefined;
    this.cursor = inside(view, cell);
    void this.updateComplete.then(() => {
      const { row, col } = this.cursor;
      this.cellElement(this.cursor)?.focus({ preventScroll: true });
      const scroll = this.querySelector<HTMLElement>('.scroll.over-flow');
      if (scroll && this.layout) revealCell(scroll, this.layout, this.cursor);
      this.focused = true;
      hover(this, row, col);
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
    this.dispatchEvent(new CustomEvent('ax-zoom', { detail: zoom, bubbles: true, composed: true }));
  }
}
