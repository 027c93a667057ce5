import { TILE } from '../../src/contract/choices.ts';
import type { AtlasPlace, AtlasTile } from '../../src/contract/tiles.ts';
import type { ColorTable } from '../atlas/color-table.ts';
import { type Detail, tileRange } from '../atlas/levels.ts';
import type { Measure, TilePictures } from './tile-images.ts';
import type { TileStore } from './tile-store.ts';
import type { Axes, Axis } from './viewport.ts';

export interface TileScene {
  readonly tiles: TileStore;
  readonly pictures: TilePictures;
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

function paintPlace(context: CanvasRenderingContext2D, scene: TileScene, place: AtlasPlace): void {
  const { tiles, pictures, table, measure, detail } = scene;
  const tile = tiles.get(place);
  if (scene.apart && tile && tile.done >= 1) return;
  const part = partOf(place);
  const key = `${scene.key} ${detail.joinRows} ${detail.joinCols}`;
  const picture = tile && pictures.of(tile, table, measure, detail, key, scene.now);
  if (!tile || !picture || tile.done < 1) paintCoarser(context, scene, place, part);
  if (tile && picture) drawPart(context, scene, tile, picture, part);
  else paintFiner(context, scene, place);
}

/** Everything that coarser tiles know of a part: from the nearest that is whole on, so that no hole is left. */
function paintCoarser(context: CanvasRenderingContext2D, scene: TileScene, place: AtlasPlace, part: Part): void {
  const { tiles, top } = scene;
  const found: AtlasTile[] = [];
  for (let { level, row, col } = place; level < top; ) {
    [level, row, col] = [level + 1, row >> 1, col >> 1];
    const tile = tiles.get({ level, row, col });
    if (tile) found.push(tile);
    if (tile && tile.done >= 1) break;
  }
  for (const tile of found.reverse()) paintStretched(context, scene, tile, part);
}

function paintFiner(context: CanvasRenderingContext2D, scene: TileScene, { level, row, col }: AtlasPlace): void {
  if (level === 0) return;
  for (let i = 0; i < 4; i++) {
    const place = { level: level - 1, row: row * 2 + (i >> 1), col: col * 2 + (i & 1) };
    const tile = scene.tiles.peek(place);
    if (tile && tile.done >= 1) paintStretched(context, scene, tile, partOf(place));
  }
}

function paintStretched(context: CanvasRenderingContext2D, scene: TileScene, tile: AtlasTile, part: Part): void {
  const picture = scene.pictures.any(tile, scene.table, scene.measure, `${scene.key} 0 0`);
  if (picture) drawPart(context, scene, tile, picture, part);
}

const partOf = ({ level, row, col }: AtlasPlace): Part => {
  const cells = TILE * 2 ** level;
  return { fromRow: row * cells, toRow: (row + 1) * cells, fromCol: col * cells, toCol: (col + 1) * cells };
};

/** What of a part the tile has and is in sight. */
function drawPart(
  context: CanvasRenderingContext2D,
  { axes: { rows, cols }, ratio }: TileScene,
  tile: AtlasTile,
  picture: HTMLCanvasElement,
  part: Part,
): void {
  const block = 2 ** tile.level;
  const tall = sizeOf(tile.height, picture.height) * block;
  const wide = sizeOf(tile.width, picture.width) * block;
  const down = stretch(part.fromRow, part.toRow, tile.row * TILE * block, tall, picture.height, rows, ratio);
  const along = stretch(part.fromCol, part.toCol, tile.col * TILE * block, wide, picture.width, cols, ratio);
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
