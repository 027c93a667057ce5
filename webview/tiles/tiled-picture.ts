import type { MatrixOf } from '../../src/contract/choices.ts';
import type { Tile, TiledInfo, TilePlace } from '../../src/contract/tiles.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Cell } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { theme } from '../color/theme.ts';
import { type ValueScale, valueScale } from '../heatmap/value-scale.ts';
import { type Block, blockAt } from './blocks.ts';
import type { Marks } from './mark-painting.ts';
import { paintTiledHeatmap } from './picture-painting.ts';
import { type ColorTable, colorTable, type Measure, TileImages, tableKey } from './tile-images.ts';
import { TileStore, tileKey } from './tile-store.ts';
import { type TileTheme, tileTheme } from './tile-theme.ts';
import {
  type Axes,
  axesOf,
  type Detail,
  detailOf,
  type Layout,
  layoutFor,
  type Sight,
  settled,
  visibleTiles,
  WHOLE,
} from './viewport.ts';

/** More device pixels a px than this nobody sees, and software paints each. */
const MOST_RATIO = 2;

/** The picture of one long matrix: its tiles, what of it is in sight, and how it is painted. */
export class TiledPicture {
  readonly tiles = new TileStore();
  private readonly pictures = new TileImages();
  private readonly small = new TileImages();
  private readonly asked = new RequestedTiles();
  room: Layout;
  sight: Sight = WHOLE;
  measure: Measure = 'max';
  private look: TileTheme | undefined;
  private colored: { readonly scale: ValueScale; readonly table: ColorTable; readonly key: string } | undefined;

  constructor(
    public info: TiledInfo,
    width: number,
  ) {
    this.room = layoutFor(width, info);
  }

  /** Another matrix: of the same size, the same part of it stays in sight. */
  show(info: TiledInfo): void {
    if (info.id !== this.info.id) {
      this.tiles.clear();
    }
    // The host may have dropped what was asked, while the page was hidden or another view was shown.
    this.asked.clear();
    const same = info.rows === this.info.rows && info.cols === this.info.cols;
    this.info = info;
    if (!same) this.resize(this.room.width, WHOLE);
  }

  /** @returns false where it is of another matrix, or no news */
  take(tile: Tile): boolean {
    if (tile.id !== this.info.id) return false;
    this.asked.came(tile);
    return this.tiles.put(tile);
  }

  resize(width: number, sight = this.sight): void {
    this.room = layoutFor(width, this.info);
    this.sight = settled(this.room, this.info, sight);
  }

  /** Moves to what is nearest to a sight. @returns whether that is another than before */
  moveTo(sight: Sight): boolean {
    const before = this.sight;
    this.sight = settled(this.room, this.info, sight);
    const { zoom, row, col } = this.sight;
    return zoom !== before.zoom || row !== before.row || col !== before.col;
  }

  /** Bytes and tiles that are held, and how far in it is. */
  get held() {
    const { tiles, sight, detail, axes, room } = this;
    return { bytes: tiles.bytes, tiles: tiles.size, ...sight, ...detail, axes, room };
  }

  /** The theme is another. */
  recolor(): void {
    this.look = undefined;
  }

  get ratio(): number {
    return Math.min(MOST_RATIO, window.devicePixelRatio || 1);
  }

  get axes(): Axes {
    return axesOf(this.room, this.info, this.sight);
  }

  get detail(): Detail {
    return detailOf(this.info, this.axes, this.ratio);
  }

  /** Part of the rows that have been computed, as the whole matrix shows it. */
  get done(): number {
    return this.tiles.peek({ level: this.info.top, row: 0, col: 0 })?.done ?? 0;
  }

  get scale(): ValueScale {
    return this.colors().scale;
  }

  /** Places to ask for, where that makes a difference. */
  wanted(): readonly TilePlace[] | undefined {
    return this.asked.next(visibleTiles(this.info, this.axes, this.detail), this.tiles);
  }

  block(row: number, col: number): Block | undefined {
    return blockAt(this.tiles, row, col, this.detail.level, this.info.top);
  }

  /** Column in the middle of what is in sight. */
  get middleCol(): number {
    const { cols } = this.axes;
    return Math.floor(cols.from + cols.span / 2);
  }

  /** The middle of a cell, or of what is in sight: px of the body, along and down. */
  middle(cell: Cell | undefined): readonly [number, number] {
    const { room, axes } = this;
    if (!cell) return [room.bodyWidth / 2, room.bodyHeight / 2];
    return [(cell.col + 0.5 - axes.cols.from) * axes.cols.scale, (cell.row + 0.5 - axes.rows.from) * axes.rows.scale];
  }

  /** The block of the level in sight that a cell is in: its first cell, and how many it has to each side. */
  blockOf({ row, col }: Cell): Cell & { readonly size: number } {
    const size = 2 ** this.detail.level;
    const floor = (at: number) => Math.floor(at / size) * size;
    return { row: floor(row), col: floor(col), size };
  }

  /** Left and lower edge of a cell, px of the whole picture. */
  corner({ row, col }: Cell): { readonly left: number; readonly bottom: number } {
    const { room, axes } = this;
    return {
      left: room.labelWidth + (col - axes.cols.from) * axes.cols.scale,
      bottom: room.headHeight + (row + 1 - axes.rows.from) * axes.rows.scale,
    };
  }

  /** @returns whether something is left for the next frame */
  paint(canvas: HTMLCanvasElement, view: ExplorationView, marks: Marks, ratio = this.ratio, still = false): boolean {
    const { room, info, axes, tiles, pictures, small, measure } = this;
    const [width, height] = [Math.round(room.width * ratio), Math.round(room.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d', { alpha: false });
    if (!context) return false;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    pictures.begin();
    small.begin();
    this.look ??= tileTheme();
    paintTiledHeatmap(context, {
      ...{ view, info, room, axes, tiles, pictures, small, measure, marks, ratio, still },
      ...this.colors(),
      detail: this.detail,
      look: this.look,
      corner: t('query ╲ key'),
    });
    return pictures.pending || small.pending;
  }

  private colors() {
    const scale = atlasScale(this.info.of, this.tiles, this.measure, this.detail.level);
    const key = `${tableKey(scale, theme.palette)} ${this.info.of} ${this.measure}`;
    if (this.colored?.key !== key) this.colored = { scale, key, table: colorTable(scale, theme.palette) };
    return this.colored;
  }
}

/** What has been asked for: what is asked next replaces it, and so names again what is still to come. */
export class RequestedTiles {
  private asked = new Set<string>();

  clear(): void {
    this.asked.clear();
  }

  /** Should it be dropped later, it is asked for anew. */
  came(tile: Tile): void {
    if (tile.done >= 1) this.asked.delete(tileKey(tile));
  }

  /**
   * @param inSight places in sight now
   * @returns those that are not there whole; undefined where each of them has been asked for already
   */
  next(inSight: readonly TilePlace[], tiles: TileStore): readonly TilePlace[] | undefined {
    const wanted = inSight.filter((place) => (tiles.peek(place)?.done ?? 0) < 1);
    if (wanted.every((place) => this.asked.has(tileKey(place)))) return undefined;
    this.asked = new Set(wanted.map(tileKey));
    return wanted;
  }
}

/**
 * How values become colours: as in the small heatmap by the greatest cell of the matrix; means, which grow smaller with
 * every level, by the greatest mean of the level in sight.
 */
function atlasScale(of: MatrixOf, tiles: TileStore, measure: Measure, level: number): ValueScale {
  const means = measure === 'mean' && level > 0 ? tiles.meansOf(level) : undefined;
  if (means && means[0] <= means[1]) return valueScale(of === 'weight' ? 'contribution' : of, Float32Array.from(means));
  return valueScale(of, Float32Array.from(tiles.span ?? []));
}
