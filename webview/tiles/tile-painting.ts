import { type MatrixOf, TILE_SIZE } from '../../src/contract/choices.ts';
import type { Tile, TilePlace } from '../../src/contract/tiles.ts';
import { css } from '../color/palette.ts';
import { cellPaint, maskedColor, strokeMasked, writeNumber } from '../heatmap/cell-color.ts';
import type { ValueScale } from '../heatmap/value-scale.ts';
import type { ColorTable, Measure, TileImages } from './tile-images.ts';
import type { TileStore } from './tile-store.ts';
import type { TileTheme } from './tile-theme.ts';
import { type Axes, type Axis, type Detail, tileRange } from './viewport.ts';

interface TileScene {
  readonly tiles: TileStore;
  readonly pictures: TileImages;
  readonly top: number;
  readonly axes: Axes;
  readonly detail: Detail;
  readonly table: ColorTable;
  readonly measure: Measure;
  /** Names table and measure. */
  readonly key: string;
  /** Pictures are made whatever it takes. */
  readonly now: boolean;
  /** Device pixels per px. */
  readonly ratio: number;
  /** Cells are painted one by one after this, where their tile is whole. */
  readonly apart: boolean;
}

/** Cells of the matrix, [fromRow, toRow) × [fromCol, toCol). */
interface Part {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromCol: number;
  readonly toCol: number;
}

/**
 * Paints the tiles in sight; origin is the upper left corner of the body. Where one is missing or not whole, coarser ones
 * are stretched beneath it, and finer ones that are there lie on top.
 */
export function paintTiles(context: CanvasRenderingContext2D, scene: TileScene): void {
  const { axes, detail } = scene;
  const [fromRow, toRow] = tileRange(axes.rows, detail.level);
  const [fromCol, toCol] = tileRange(axes.cols, detail.level);
  context.imageSmoothingEnabled = false;
  for (let row = fromRow; row < toRow; row++)
    for (let col = fromCol; col < toCol; col++) paintPlace(context, scene, { level: detail.level, row, col });
}

function paintPlace(context: CanvasRenderingContext2D, scene: TileScene, place: TilePlace): void {
  const { tiles, pictures, table, measure, detail } = scene;
  const tile = tiles.get(place);
  if (scene.apart && tile && tile.done >= 1) return;
  const part = modelPartOf(place);
  const key = `${scene.key} ${detail.joinRows} ${detail.joinCols}`;
  const picture = tile && pictures.of(tile, table, measure, detail, key, scene.now);
  if (!tile || !picture || tile.done < 1) paintCoarser(context, scene, place, part);
  if (tile && picture) drawPart(context, scene, tile, picture, part);
  else paintFiner(context, scene, place);
}

/** Everything that coarser tiles know of a part: from the nearest that is whole on, so that no hole is left. */
function paintCoarser(context: CanvasRenderingContext2D, scene: TileScene, place: TilePlace, part: Part): void {
  const { tiles, top } = scene;
  const found: Tile[] = [];
  for (let { level, row, col } = place; level < top; ) {
    [level, row, col] = [level + 1, row >> 1, col >> 1];
    const tile = tiles.get({ level, row, col });
    if (tile) found.push(tile);
    if (tile && tile.done >= 1) break;
  }
  for (const tile of found.reverse()) paintStretched(context, scene, tile, part);
}

function paintFiner(context: CanvasRenderingContext2D, scene: TileScene, { level, row, col }: TilePlace): void {
  if (level === 0) return;
  for (let i = 0; i < 4; i++) {
    const place = { level: level - 1, row: row * 2 + (i >> 1), col: col * 2 + (i & 1) };
    const tile = scene.tiles.peek(place);
    if (tile && tile.done >= 1) paintStretched(context, scene, tile, modelPartOf(place));
  }
}

function paintStretched(context: CanvasRenderingContext2D, scene: TileScene, tile: Tile, part: Part): void {
  const picture = scene.pictures.any(tile, scene.table, scene.measure, `${scene.key} 0 0`);
  if (picture) drawPart(context, scene, tile, picture, part);
}

const modelPartOf = ({ level, row, col }: TilePlace): Part => {
  const cells = TILE_SIZE * 2 ** level;
  return { fromRow: row * cells, toRow: (row + 1) * cells, fromCol: col * cells, toCol: (col + 1) * cells };
};

/** What of a part the tile has and is in sight. */
function drawPart(
  context: CanvasRenderingContext2D,
  { axes: { rows, cols }, ratio }: TileScene,
  tile: Tile,
  picture: HTMLCanvasElement,
  part: Part,
): void {
  const block = 2 ** tile.level;
  const tall = sizeOf(tile.height, picture.height) * block;
  const wide = sizeOf(tile.width, picture.width) * block;
  const down = stretch(part.fromRow, part.toRow, tile.row * TILE_SIZE * block, tall, picture.height, rows, ratio);
  const along = stretch(part.fromCol, part.toCol, tile.col * TILE_SIZE * block, wide, picture.width, cols, ratio);
  if (!down || !along) return;
  const [y, height, top, tallness] = down;
  const [x, width, left, wideness] = along;
  context.drawImage(picture, left, top, wideness, tallness, x, y, width, height);
}

/** Blocks that a pixel of the picture stands for: a power of two, also where fewer were left for the last one. */
const sizeOf = (blocks: number, pixels: number): number => 2 ** Math.ceil(Math.log2(blocks / pixels) - 1e-9);

/**
 * A range of cells in sight as a part of a picture: [place and length in px, place and length in pixels of the picture].
 * On whole device pixels, outwards: no seam between tiles, and no line left out.
 */
function stretch(
  from: number,
  to: number,
  first: number,
  size: number,
  pixels: number,
  { from: seen, span, count, scale }: Axis,
  ratio: number,
): readonly [number, number, number, number] | undefined {
  const low = Math.max(from, seen, first);
  const high = Math.min(to, seen + span, count, first + pixels * size);
  if (high <= low) return undefined;
  const start = Math.floor((low - seen) * scale * ratio + 1e-6) / ratio;
  const end = Math.ceil((high - seen) * scale * ratio - 1e-6) / ratio;
  return [start, end - start, (low - first) / size, (high - low) / size];
}

/** From this size on cells stand apart from each other; px. */
const APART = { width: 14, height: 7 };

export const areCellsApart = ({ rows, cols }: Axes): boolean => cols.scale >= APART.width && rows.scale >= APART.height;

/** Cells one by one with their numbers, where their tile is whole: as the small heatmap has them. */
export function paintSeparateCells(
  context: CanvasRenderingContext2D,
  tiles: TileStore,
  axes: Axes,
  of: MatrixOf,
  scale: ValueScale,
  look: TileTheme,
): void {
  const { rows, cols } = axes;
  const { palette } = look;
  context.font = `11px ${look.font}`;
  Object.assign(context, { direction: 'ltr', textAlign: 'center', textBaseline: 'middle', lineWidth: 1 });
  const colors = { of, scale, palette };
  context.strokeStyle = css(maskedColor(palette));
  const y = (row: number) => Math.round((row - rows.from) * rows.scale);
  const x = (col: number) => Math.round((col - cols.from) * cols.scale);
  const toRow = Math.min(rows.count, Math.ceil(rows.from + rows.span));
  const toCol = Math.min(cols.count, Math.ceil(cols.from + cols.span));
  for (let row = Math.floor(rows.from); row < toRow; row++) {
    const [top, height] = [y(row), y(row + 1) - y(row) - 1];
    for (let col = Math.floor(cols.from); col < toCol; col++) {
      const tile = tiles.peek({ level: 0, row: Math.floor(row / TILE_SIZE), col: Math.floor(col / TILE_SIZE) });
      if (!tile || tile.done < 1) continue;
      const value = tile.max[(row % TILE_SIZE) * tile.width + (col % TILE_SIZE)]!;
      const [left, width] = [x(col), x(col + 1) - x(col) - 1];
      // Special tokens are dimmed by a veil that is painted over this.
      const paint = cellPaint(value, false, colors, { width, height });
      if (!paint) {
        strokeMasked(context, left, top, width, height);
        continue;
      }
      context.fillStyle = css(paint.fill);
      context.fillRect(left, top, width, height);
      if (paint.number) writeNumber(context, paint.number, left, top, width, height);
    }
  }
}
