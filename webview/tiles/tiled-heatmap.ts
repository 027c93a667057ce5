import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Tile, TiledSummary } from '../../src/contract/tiles.ts';
import type { TiledView } from '../../src/contract/view.ts';
import { type Cell, NO_CELL, raise } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { PaintedElement } from '../base/painted-element.ts';
import { count } from '../base/value-format.ts';
import { theme } from '../color/theme.ts';
import { CellInteraction, strongest, walk } from '../heatmap/cell-interaction.ts';
import { type Highlight, highlighted } from '../heatmap/highlight.ts';
import { legend, pictureCaption, TITLE } from '../heatmap/legend.ts';
import { blockName } from './blocks.ts';
import { dimmedTokens, type Marks, NO_LINES } from './mark-painting.ts';
import { type GestureTarget, type Point, PointerGestures } from './pointer-gestures.ts';
import type { Measure } from './tile-images.ts';
import { TiledPicture } from './tiled-picture.ts';
import { placeBlockTip, tiledTable, tiledTip, tiledTools, ZOOM_STEP } from './tiled-readout.ts';
import { revealing, type Sight, WHOLE, zoomed } from './viewport.ts';

/** Milliseconds without movement until what is in sight is written down for those who hear it. */
const SETTLE_MS = 200;
/** Rows lower than this can't be told apart by a pointer: a click there chooses none, px. */
const CLICKABLE = 4;

/** The heatmap of a matrix that is never there as a whole: drawn of tiles, panned and zoomed like a map. */
@customElement('ax-atlas')
export class TiledHeatmap extends PaintedElement implements GestureTarget {
  @property({ attribute: false }) view: TiledView | undefined;
  @property({ attribute: false }) facts: TiledSummary | undefined;
  @property({ attribute: false }) lit: Highlight | undefined;
  @property({ attribute: false }) pointed: Cell = NO_CELL;
  /** Whether tokens can be masked and rows forced from here. */
  @property({ type: Boolean }) changeable = false;
  @state() private measure: Measure = 'max';
  @state() private spoken = '';
  /** Grows when the picture has come to rest, and with what has come since. */
  @state() private settledCount = 0;
  readonly cells = new CellInteraction(this);
  picture: TiledPicture | undefined;
  private readonly gestures = new PointerGestures(this);
  private frame = 0;
  private settleTimer = 0;
  private highlighted: { rows: readonly number[]; cols: readonly number[] } = NO_LINES;

  get box(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.atlas-view');
  }

  /** Takes in a tile; one of another matrix is left alone. */
  take(tile: Tile): void {
    if (!this.picture?.take(tile)) return;
    this.paintSoon();
    this.settleSoon();
  }

  /** Puts the keyboard where it was. */
  focusCell(): void {
    this.box?.focus();
  }

  /** @param ratio pixels per px    @returns what is seen, for a file: whole at once, without what the pointer marks */
  draw(ratio: number): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    if (this.picture && this.view) this.picture.paint(canvas, this.view, this.marks(this.view), ratio, true);
    return canvas;
  }

  /** Bytes and tiles that are held, how far in the picture is, and whether more of it is painted with the next frame. */
  get held() {
    const { picture } = this;
    return picture && { ...picture.held, painting: this.frame !== 0 };
  }

  protected override resized(): void {
    if (!this.picture || this.clientWidth === this.picture.room.width) return;
    this.picture.resize(this.clientWidth);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    cancelAnimationFrame(this.frame);
    window.clearTimeout(this.settleTimer);
    this.frame = 0;
    super.disconnectedCallback();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { view } = this;
    if (!view) return;
    const { info, rowWeights } = view.map;
    if (changed.has('themeCount')) this.picture?.recolor();
    if (changed.has('view')) {
      const last = changed.get('view') as TiledView | undefined;
      if (!this.picture) this.picture = new TiledPicture(info, this.clientWidth || 400);
      this.picture.show(info);
      if (last?.map.info.rows !== info.rows || last.map.info.cols !== info.cols) {
        this.cells.reset({ row: Math.max(0, view.row), col: strongest(rowWeights) });
      } else if (last.row !== view.row && view.row >= 0) this.reveal({ row: view.row, col: this.picture.middleCol }, 1);
      this.settleSoon();
    }
    if (changed.has('view') || changed.has('lit')) this.highlighted = highlighted(view, this.lit);
    if (this.picture) this.picture.measure = this.measure;
  }

  override render() {
    const { view, picture } = this;
    if (!view || !picture) return nothing;
    const { cells, gestures } = this;
    const { cursor, shown } = cells;
    const { room, sight } = picture;
    const block = shown && picture.block(shown.row, shown.col);
    const { done } = picture;
    return html`<div class="head">
        <h2>${TITLE[view.of]()}</h2>
        <span class="cap">${pictureCaption(view)}</span>
        ${tiledTools({ measure: this.measure, zoom: sight.zoom, setMeasure: (measure) => this.setMeasure(measure), zoomBy: (factor) => this.zoomBy(factor), fit: () => this.look(WHOLE) })}
      </div>
      <div class="map">
        <div class="atlas-view ${sight.zoom > 0 ? '' : 'whole'}" role="grid" tabindex="0" aria-label=${this.name(view)} aria-describedby="atlas-keys" aria-busy=${done < 1}
          aria-rowcount=${view.rows.length} aria-colcount=${view.cols.length}
          .style=${`width:${room.labelWidth + room.bodyWidth}px;height:${room.height}px`}
          @keydown=${this.onKey} @focus=${this.onFocus} @blur=${this.onBlur} @wheel=${gestures.wheel} @dblclick=${gestures.double} @contextmenu=${this.onMenu}
          @pointerdown=${gestures.down} @pointermove=${gestures.move} @pointerup=${gestures.up} @pointercancel=${gestures.cancel} @pointerleave=${gestures.leave}>
          <canvas aria-hidden="true" .style=${`width:${room.width}px;height:${room.height}px`}></canvas>
          <div role="row" aria-rowindex=${cursor.row + 1} class="sr"><span role="gridcell"
            aria-colindex=${cursor.col + 1} aria-selected=${cursor.row === view.row}>${this.cursorName()}</span></div>
        </div>
        <div class="atlas-foot">${legend(view.of, picture.scale, theme.palette, block?.[block.size > 1 ? this.measure : 'max'])}
          <span class="cap atlas-progress">${done < 1 ? t('{0} % computed', Math.floor(done * 100)) : nothing}</span></div>
        ${shown && !cells.menu && !gestures.moving && (cells.hovered || cells.focused) ? tiledTip(view, block, shown.row, shown.col) : nothing}
        ${cells.menuTemplate(view)}
        <p class="sr" id="atlas-keys">${t('Arrows, Page Up and Page Down, Home and End move; plus and minus zoom, 0 shows all of it; Enter makes the row the query, then steps; Escape leaves.')}</p>
        ${this.settledCount ? tiledTable(view, picture.tiles, picture.axes, picture.detail.level, picture.info.top) : nothing}
        <div class="sr" role="status" aria-live="polite">${this.spoken}</div>
      </div>`;
  }

  protected override updated(): void {
    this.paintSoon();
    const tip = this.querySelector<HTMLElement>('.atlas-tip');
    const map = this.querySelector<HTMLElement>('.map');
    const { shown } = this.cells;
    if (tip && map && shown && this.picture) placeBlockTip(tip, map, this.picture, shown);
  }

  private name(view: TiledView): string {
    return t('{0}, {1} queries by {2} keys', TITLE[view.of](), count(view.rows.length), count(view.cols.length));
  }

  private marks(view: TiledView): Marks {
    const { highlighted, cells, picture } = this;
    const links = view.state.alignment === 'argmax' && this.facts?.id === view.map.info.id;
    return {
      query: view.row,
      shown: cells.shown && picture?.blockOf(cells.shown),
      highlighted,
      linked: links ? this.facts?.linked : undefined,
      dimmed: dimmedTokens(view),
    };
  }

  /** One picture a frame at most, and none where nothing changed. */
  private paintSoon(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  private paint(): void {
    const { picture, view } = this;
    const canvas = this.querySelector('canvas');
    if (!picture || !view || !canvas || !this.isConnected) return;
    if (picture.paint(canvas, view, this.marks(view))) this.paintSoon();
    const places = picture.wanted();
    if (!places) return;
    raise(this, 'ax-tiles', { id: view.map.info.id, places });
  }

  private settleSoon(): void {
    window.clearTimeout(this.settleTimer);
    this.settleTimer = window.setTimeout(() => {
      this.settledCount++;
      if (this.cells.focused) this.speak();
    }, SETTLE_MS);
  }

  look(sight: Sight): void {
    const { picture } = this;
    if (!picture) return;
    const before = picture.sight;
    if (!picture.moveTo(sight)) return;
    this.cells.closeMenu();
    this.paintSoon();
    this.settleSoon();
    this.gestures.pointAgain();
    if (picture.sight.zoom !== before.zoom || this.cells.focused) this.requestUpdate();
  }

  /** @param x px of the body that stay where they are; the cursor, else the middle, where left out */
  zoomBy(factor: number, x?: number, y?: number): void {
    const { picture } = this;
    if (!picture) return;
    const { room, info, sight } = picture;
    const cursor = this.cells.focused ? this.cells.cursor : undefined;
    const [middleX, middleY] = picture.middle(cursor);
    this.look(zoomed(room, info, sight, factor, x ?? middleX, y ?? middleY));
    if (cursor && x === undefined) this.reveal(cursor, 1);
  }

  private reveal({ row, col }: Cell, size: number): void {
    const { picture } = this;
    if (picture) this.look(revealing(picture.room, picture.info, picture.sight, row, col, size));
  }

  private setMeasure(measure: Measure): void {
    this.measure = measure;
    this.settleSoon();
  }

  choose(at: Point): void {
    const { picture, cells } = this;
    if (!picture || (at.on !== 'body' && at.on !== 'rows')) return;
    if (at.on === 'body') cells.place({ row: at.row, col: at.col });
    if (picture.axes.rows.scale >= CLICKABLE || at.on === 'rows') cells.choose(at.row);
  }

  private readonly onFocus = () => {
    this.cells.focus(this.box?.matches(':focus-visible') ?? false);
    if (this.cells.focused) this.speak();
  };

  private readonly onBlur = () => {
    this.spoken = '';
    this.cells.blur();
  };

  private readonly onKey = (event: KeyboardEvent) => {
    const { view, picture } = this;
    if (!view || !picture || event.altKey) return;
    const { level, joinRows, joinCols } = picture.detail;
    const block = [2 ** (level + joinRows), 2 ** (level + joinCols)] as const;
    const to = walk(event, this.cells.cursor, picture.info, block);
    if (to) this.moveTo(to);
    else if (event.ctrlKey || event.metaKey || !this.press(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @returns whether the key means something here */
  private press(key: string): boolean {
    if (key === '+' || key === '=') this.zoomBy(ZOOM_STEP);
    else if (key === '-') this.zoomBy(1 / ZOOM_STEP);
    else if (key === '0') this.look(WHOLE);
    else return this.cells.press(key);
    return true;
  }

  private moveTo(cell: Cell): void {
    this.cells.moveTo(cell);
    this.gestures.forget();
    this.cells.focus(true);
    this.reveal(cell, 2 ** this.picture!.detail.level);
    this.speak();
  }

  private speak(): void {
    this.spoken = this.cursorName();
  }

  private cursorName(): string {
    const { row, col } = this.cells.cursor;
    return this.view && this.picture ? blockName(this.view, this.picture.block(row, col), row, col) : '';
  }

  private readonly onMenu = (event: MouseEvent) => {
    const at = this.gestures.pointAt(event);
    const cell = at.on === 'body' ? at : this.cells.focused ? this.cells.cursor : undefined;
    if (!this.changeable || !cell || !this.picture) return;
    event.preventDefault();
    const { left, bottom } = this.picture.corner(cell);
    this.cells.openMenu(cell.row, cell.col, left, bottom + 2, this.picture.room.width);
  };
}
