import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Tile, TiledSummary, TilePlace } from '../../src/contract/tiles.ts';
import type { TiledView } from '../../src/contract/view.ts';
import { act, type Cell, hover } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { PaintedElement } from '../base/painted-element.ts';
import { count } from '../base/value-format.ts';
import { theme } from '../color/theme.ts';
import { placeTipAtPoint } from '../controls/tooltip.ts';
import { type Highlight, highlighted } from '../heatmap/highlight.ts';
import { legend, pictureCaption, TITLE } from '../heatmap/legend.ts';
import { forceActions, maskAction, whatIfItems } from '../what-if/what-if-edits.ts';
import { blockName, walkBlocks } from './blocks.ts';
import { type Marks, specialOnes } from './mark-painting.ts';
import { AtlasHand, type Point } from './pointer-gestures.ts';
import type { Measure } from './tile-images.ts';
import { AtlasPicture } from './tiled-picture.ts';
import { atlasTable, atlasTip, atlasTools } from './tiled-readout.ts';
import { revealing, type Sight, settled, WHOLE, zoomed } from './viewport.ts';

/** A step of the zoom by key or button. */
const STEP = 1.6;
/** Milliseconds without movement until what is in sight is written down for those who hear it. */
const CALM = 200;
/** Rows lower than this can't be told apart by a pointer: a click there chooses none, px. */
const CLICKABLE = 4;
const NO_LINES = { rows: [], cols: [] } as const;

declare global {
  interface HTMLElementEventMap {
    'ax-tiles': CustomEvent<{ readonly id: string; readonly places: readonly TilePlace[] }>;
  }
}

/** The heatmap of a matrix that is never there as a whole: drawn of tiles, panned and zoomed like a map. */
@customElement('ax-atlas')
export class Atlas extends PaintedElement {
  @property({ attribute: false }) view: TiledView | undefined;
  @property({ attribute: false }) facts: TiledSummary | undefined;
  @property({ attribute: false }) lit: Highlight | undefined;
  @property({ attribute: false }) pointed: Cell = { row: -1, col: -1 };
  /** Whether tokens can be masked and rows forced from here. */
  @property({ type: Boolean }) changeable = false;
  @state() private measure: Measure = 'max';
  @state() private hovered: Cell | undefined;
  @state() private cursor: Cell = { row: 0, col: 0 };
  @state() private focused = false;
  @state() private spoken = '';
  /** Grows when the picture has come to rest, and with what has come since. */
  @state() private calm = 0;
  @state() private menu: (Cell & { readonly left: number; readonly top: number }) | undefined;
  private picture: AtlasPicture | undefined;
  private readonly hand = new AtlasHand(this.handled());
  private frame = 0;
  private calming = 0;
  private litCells: { rows: readonly number[]; cols: readonly number[] } = NO_LINES;

  /** Takes in a tile; one of another matrix is left alone. */
  take(tile: Tile): void {
    if (!this.picture?.take(tile)) return;
    this.paintSoon();
    this.calmSoon();
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
    return picture
      ? {
          bytes: picture.tiles.bytes,
          tiles: picture.tiles.size,
          painting: this.frame !== 0,
          ...picture.sight,
          ...picture.detail,
          axes: picture.axes,
          room: picture.room,
        }
      : undefined;
  }

  protected override resized(): void {
    if (!this.picture || this.clientWidth === this.picture.room.width) return;
    this.picture.resize(this.clientWidth);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    cancelAnimationFrame(this.frame);
    window.clearTimeout(this.calming);
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
      if (!this.picture) this.picture = new AtlasPicture(info, this.clientWidth || 400);
      this.picture.show(info);
      if (last?.map.info.rows !== info.rows || last.map.info.cols !== info.cols) {
        this.cursor = { row: Math.max(0, view.row), col: strongest(rowWeights) };
        this.hovered = undefined;
        this.menu = undefined;
      } else if (last.row !== view.row && view.row >= 0) this.reveal({ row: view.row, col: this.middleCol() }, 1);
      this.calmSoon();
    }
    if (changed.has('view') || changed.has('lit')) this.litCells = highlighted(view, this.lit);
    if (this.picture) this.picture.measure = this.measure;
  }

  override render() {
    const { view, picture } = this;
    if (!view || !picture) return nothing;
    const { cursor, hand } = this;
    const { room, sight } = picture;
    const shown = this.shown();
    const block = shown && picture.block(shown.row, shown.col);
    const { done } = picture;
    return html`<div class="head">
        <h2>${TITLE[view.of]()}</h2>
        <span class="cap">${pictureCaption(view)}</span>
        ${atlasTools({ measure: this.measure, zoom: sight.zoom, setMeasure: (measure) => this.setMeasure(measure), zoomBy: (factor) => this.zoomBy(factor), fit: () => this.look(WHOLE) })}
      </div>
      <div class="map">
        <div class="atlas-view ${sight.zoom > 0 ? '' : 'whole'}" role="grid" tabindex="0" aria-label=${this.name(view)} aria-describedby="atlas-keys" aria-busy=${done < 1}
          aria-rowcount=${view.rows.length} aria-colcount=${view.cols.length}
          .style=${`width:${room.labelWidth + room.bodyWidth}px;height:${room.height}px`}
          @keydown=${this.onKey} @focus=${this.onFocus} @blur=${this.onBlur} @wheel=${hand.wheel} @dblclick=${hand.double} @contextmenu=${this.onMenu}
          @pointerdown=${hand.down} @pointermove=${hand.move} @pointerup=${hand.up} @pointercancel=${hand.cancel} @pointerleave=${hand.leave}>
          <canvas aria-hidden="true" .style=${`width:${room.width}px;height:${room.height}px`}></canvas>
          <div role="row" aria-rowindex=${cursor.row + 1} class="sr"><span role="gridcell"
            aria-colindex=${cursor.col + 1} aria-selected=${cursor.row === view.row}>${this.cursorName()}</span></div>
        </div>
        <div class="atlas-foot">${legend(view.of, picture.scale, theme.palette, block?.[block.size > 1 ? this.measure : 'max'])}
          <span class="cap atlas-progress">${done < 1 ? t('{0} % computed', Math.floor(done * 100)) : nothing}</span></div>
        ${shown && !this.menu && !this.hand.moving && (this.hovered || this.focused) ? atlasTip(view, block, shown.row, shown.col) : nothing}
        ${this.menu ? this.cellMenu(view, this.menu) : nothing}
        <p class="sr" id="atlas-keys">${t('Arrows, Page Up and Page Down, Home and End move; plus and minus zoom, 0 shows all of it; Enter makes the row the query, then steps; Escape leaves.')}</p>
        ${this.calm ? atlasTable(view, picture.tiles, picture.axes, picture.detail.level, picture.info.top) : nothing}
        <div class="sr" role="status" aria-live="polite">${this.spoken}</div>
      </div>`;
  }

  protected override updated(): void {
    this.paintSoon();
    const tip = this.querySelector<HTMLElement>('.atlas-tip');
    const map = this.querySelector<HTMLElement>('.map');
    const shown = this.shown();
    if (tip && map && shown && this.picture) placeTipAtPoint(tip, map, this.picture, shown);
  }

  private get box(): HTMLElement | null {
    return this.querySelector<HTMLElement>('.atlas-view');
  }

  private name(view: TiledView): string {
    return t('{0}, {1} queries by {2} keys', TITLE[view.of](), count(view.rows.length), count(view.cols.length));
  }

  private shown(): Cell | undefined {
    if (this.hovered) return this.hovered;
    if (this.focused) return this.cursor;
    const { row, col } = this.pointed;
    const at = row >= 0 ? row : (this.view?.row ?? -1);
    return col >= 0 && at >= 0 ? { row: at, col } : undefined;
  }

  private marks(view: TiledView): Marks {
    const shown = this.shown();
    const size = 2 ** this.picture!.detail.level;
    const floor = (at: number) => Math.floor(at / size) * size;
    const dims = view.state.special === 'dim';
    const links = view.state.alignment === 'argmax' && this.facts?.id === view.map.info.id;
    return {
      query: view.row,
      shown: shown && { row: floor(shown.row), col: floor(shown.col), size },
      lit: this.litCells,
      linked: links ? this.facts?.linked : undefined,
      dimmed: dims ? { rows: specialOnes(view.rows), cols: specialOnes(view.cols) } : NO_LINES,
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
    const detail = { id: view.map.info.id, places };
    this.dispatchEvent(new CustomEvent('ax-tiles', { detail, bubbles: true, composed: true }));
  }

  private calmSoon(): void {
    window.clearTimeout(this.calming);
    this.calming = window.setTimeout(() => {
      this.calm++;
      if (this.focused) this.speak();
    }, CALM);
  }

  private look(sight: Sight): void {
    const { picture } = this;
    if (!picture) return;
    const next = settled(picture.room, picture.info, sight);
    const same = next.zoom === picture.sight.zoom && next.row === picture.sight.row && next.col === picture.sight.col;
    if (same) return;
    const stepped = next.zoom !== picture.sight.zoom;
    picture.sight = next;
    this.menu = undefined;
    this.paintSoon();
    this.calmSoon();
    this.hand.pointAgain();
    if (stepped || this.focused) this.requestUpdate();
  }

  /** @param x px of the body that stay where they are; the cursor, else the middle, where left out */
  private zoomBy(factor: number, x?: number, y?: number): void {
    const { picture } = this;
    if (!picture) return;
    const { room, info, sight, axes } = picture;
    const center = this.focused ? this.cursor : undefined;
    const along = x ?? (center ? (center.col + 0.5 - axes.cols.from) * axes.cols.scale : room.bodyWidth / 2);
    const down = y ?? (center ? (center.row + 0.5 - axes.rows.from) * axes.rows.scale : room.bodyHeight / 2);
    this.look(zoomed(room, info, sight, factor, along, down));
    if (center && x === undefined) this.reveal(center, 1);
  }

  private reveal({ row, col }: Cell, size: number): void {
    const { picture } = this;
    if (picture) this.look(revealing(picture.room, picture.info, picture.sight, row, col, size));
  }

  private middleCol(): number {
    const { cols } = this.picture!.axes;
    return Math.floor(cols.from + cols.span / 2);
  }

  private setMeasure(measure: Measure): void {
    this.measure = measure;
    this.calmSoon();
  }

  /** What pointers and wheel do here. */
  private handled() {
    const picture = () => this.picture;
    const box = () => this.box;
    return {
      get picture() {
        return picture();
      },
      get box() {
        return box();
      },
      look: (sight: Sight) => this.look(sight),
      zoomBy: (factor: number, x: number, y: number) => this.zoomBy(factor, x, y),
      show: (cell: Cell | undefined) => this.show(cell),
      choose: (point: Point) => this.choose(point),
    };
  }

  private show(cell: Cell | undefined): void {
    if (cell?.row === this.hovered?.row && cell?.col === this.hovered?.col) return;
    this.hovered = cell;
    if (!cell && this.focused) hover(this, this.cursor.row, this.cursor.col);
    else hover(this, cell?.row ?? -1, cell?.col ?? -1);
  }

  private choose(at: Point): void {
    const { view, picture } = this;
    if (!view || !picture || (at.on !== 'body' && at.on !== 'rows')) return;
    if (at.on === 'body') this.cursor = { row: at.row, col: at.col };
    const legible = picture.axes.rows.scale >= CLICKABLE || at.on === 'rows';
    const label = view.rows[at.row];
    if (legible && label && at.row !== view.row) act(this, { type: 'setQuery', query: label.from });
  }

  private readonly onFocus = () => {
    this.focused = this.box?.matches(':focus-visible') ?? false;
    if (!this.focused) return;
    hover(this, this.cursor.row, this.cursor.col);
    this.speak();
  };

  private readonly onBlur = () => {
    this.focused = false;
    this.spoken = '';
    hover(this, -1, -1);
  };

  private readonly onKey = (event: KeyboardEvent) => {
    const { view, picture } = this;
    if (!view || !picture || event.altKey) return;
    const to = walkBlocks(event, this.cursor, picture.detail, picture.info);
    if (to) this.moveTo(to);
    else if (event.ctrlKey || event.metaKey || !this.pressed(view, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @returns whether the key means something here */
  private pressed(view: TiledView, key: string): boolean {
    const { row, col } = this.cursor;
    if (key === '+' || key === '=') this.zoomBy(STEP);
    else if (key === '-') this.zoomBy(1 / STEP);
    else if (key === '0') this.look(WHOLE);
    else if (key === 'Enter') {
      // First the row that the keyboard is on becomes the query; from there on Enter steps.
      if (row !== view.row) act(this, { type: 'setQuery', query: view.rows[row]!.from });
      else act(this, { type: 'nextPhase' });
    } else if (key === 'Escape') {
      this.hovered = undefined;
      this.dispatchEvent(new CustomEvent('ax-leave', { bubbles: true, composed: true }));
    } else if (this.changeable && key.toLowerCase() === 'm') act(this, maskAction(view, col));
    else if (this.changeable && key.toLowerCase() === 'f')
      for (const action of forceActions(view, row, col)) act(this, action);
    else return false;
    return true;
  }

  private moveTo(cell: Cell): void {
    this.hovered = undefined;
    this.hand.forget();
    this.focused = true;
    this.cursor = cell;
    this.reveal(cell, 2 ** this.picture!.detail.level);
    hover(this, cell.row, cell.col);
    this.speak();
  }

  private speak(): void {
    this.spoken = this.cursorName();
  }

  private cursorName(): string {
    const { row, col } = this.cursor;
    return this.view && this.picture ? blockName(this.view, this.picture.block(row, col), row, col) : '';
  }

  private cellMenu(view: TiledView, { row, col, left, top }: NonNullable<typeof this.menu>) {
    return html`<ax-menu .name=${t('What if')} .place=${{ left, top }} @ax-closed=${() => (this.menu = undefined)}
      .groups=${whatIfItems(view, row, col, (action) => act(this, action))}></ax-menu>`;
  }

  private readonly onMenu = (event: MouseEvent) => {
    const at = this.hand.pointAt(event);
    const cell = at.on === 'body' ? at : this.focused ? this.cursor : undefined;
    if (!this.changeable || !cell || !this.picture) return;
    event.preventDefault();
    const { room, axes } = this.picture;
    const left = room.labelWidth + (cell.col - axes.cols.from) * axes.cols.scale;
    const top = room.headHeight + (cell.row + 1 - axes.rows.from) * axes.rows.scale + 2;
    this.menu = { row: cell.row, col: cell.col, left: Math.max(0, Math.min(left, room.width - 280)), top };
  };
}

/** Column of the greatest weight. */
function strongest(weights: Float32Array | undefined): number {
  let best = 0;
  if (weights) for (let i = 1; i < weights.length; i++) if ((weights[i] || 0) > (weights[best] || 0)) best = i;
  return best;
}
