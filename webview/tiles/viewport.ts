import { TILE_SIZE } from '../../src/contract/choices.ts';
import type { TiledInfo, TilePlace } from '../../src/contract/tiles.ts';

/** A cell at its largest, px: numbers can be read in it. */
const CELL = { width: 56, height: 28 };

/** Room that the picture of a matrix has, px: labels to the left and above, cells in the rest. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly labelWidth: number;
  readonly headHeight: number;
  readonly bodyWidth: number;
  readonly bodyHeight: number;
}

/**
 * What of the matrix is in sight. `zoom` runs from 0 (the whole matrix) to 1 (cells with their numbers): in between each
 * axis grows from its own fit to the size of a cell, so that a narrow matrix is neither a line nor ever out of shape.
 */
export interface Sight {
  readonly zoom: number;
  /** The cell at the upper left corner, with fractions. */
  readonly row: number;
  readonly col: number;
}

export const WHOLE: Sight = { zoom: 0, row: 0, col: 0 };

export interface Axis {
  /** px per cell */
  readonly scale: number;
  /** First cell in sight, with fractions, and how many are in sight. */
  readonly from: number;
  readonly span: number;
  readonly count: number;
}

export interface Axes {
  readonly rows: Axis;
  readonly cols: Axis;
}

type Size = Pick<TiledInfo, 'rows' | 'cols'>;

const between = (x: number, least: number, most: number): number => Math.max(least, Math.min(most, x));

/** @param width of the element, px */
export function layoutFor(width: number, { rows, cols }: Size): Layout {
  const whole = Math.max(160, Math.floor(width));
  const labelWidth = Math.round(between(whole * 0.2, 96, 168));
  const headHeight = 84;
  const bodyWidth = Math.min(whole - labelWidth, cols * CELL.width);
  const bodyHeight = Math.round(Math.min(between(bodyWidth * 0.62, 280, 556), rows * CELL.height));
  return { width: whole, height: headHeight + bodyHeight, labelWidth, headHeight, bodyWidth, bodyHeight };
}

const fits = (room: Layout, { rows, cols }: Size): readonly [number, number] => [
  Math.min(CELL.height, room.bodyHeight / Math.max(1, rows)),
  Math.min(CELL.width, room.bodyWidth / Math.max(1, cols)),
];

/** Both axes of what is in sight. */
export function axesOf(room: Layout, size: Size, sight: Sight): Axes {
  const [high, wide] = fits(room, size);
  const axis = (fit: number, most: number, from: number, length: number, count: number): Axis => {
    const scale = fit * (most / fit) ** sight.zoom;
    return { scale, from, span: Math.min(count, length / scale), count };
  };
  return {
    rows: axis(high, CELL.height, sight.row, room.bodyHeight, size.rows),
    cols: axis(wide, CELL.width, sight.col, room.bodyWidth, size.cols),
  };
}

/** The nearest that there is. */
export function settled(room: Layout, size: Size, sight: Sight): Sight {
  const zoom = between(sight.zoom, 0, 1);
  const { rows, cols } = axesOf(room, size, { ...sight, zoom });
  return {
    zoom,
    row: between(sight.row, 0, Math.max(0, rows.count - rows.span)),
    col: between(sight.col, 0, Math.max(0, cols.count - cols.span)),
  };
}

/** Moved by px. */
export function panned(room: Layout, size: Size, sight: Sight, x: number, y: number): Sight {
  const { rows, cols } = axesOf(room, size, sight);
  return settled(room, size, { ...sight, row: sight.row + y / rows.scale, col: sight.col + x / cols.scale });
}

/** Larger by a factor on the axis that has further to go, with the point (x, y) of the body, px, where it is. */
export function zoomed(room: Layout, size: Size, sight: Sight, factor: number, x: number, y: number): Sight {
  const [high, wide] = fits(room, size);
  const way = Math.max(Math.log(CELL.height / high), Math.log(CELL.width / wide), 1e-6);
  const zoom = between(sight.zoom + Math.log(factor) / way, 0, 1);
  const now = axesOf(room, size, sight);
  const next = axesOf(room, size, { ...sight, zoom });
  return settled(room, size, {
    zoom,
    row: sight.row + y / now.rows.scale - y / next.rows.scale,
    col: sight.col + x / now.cols.scale - x / next.cols.scale,
  });
}

/** Moved as little as it takes for the cells [row, row + size) × [col, col + size) to be in sight. */
export function revealing(room: Layout, size: Size, sight: Sight, row: number, col: number, block: number): Sight {
  const { rows, cols } = axesOf(room, size, sight);
  const shift = (from: number, span: number, at: number) =>
    at < from ? at : at + block > from + span ? at + block - span : from;
  return settled(room, size, {
    ...sight,
    row: shift(sight.row, rows.span, row),
    col: shift(sight.col, cols.span, col),
  });
}

/** Tiles that may be in sight at once; further out coarser ones do. */
const MOST_IN_SIGHT = 36;
/** Places that may be asked for at once. */
const MOST_PLACES = 64;

/**
 * Which level a picture is made of, and by which powers of two its blocks are joined first, so that none is narrower than
 * a pixel: what is drawn smaller loses lines.
 */
export interface Detail {
  readonly level: number;
  readonly joinRows: number;
  readonly joinCols: number;
}

/** @param ratio device pixels per px */
export function detailOf(info: TiledInfo, axes: Axes, ratio: number): Detail {
  const wanted = ({ scale }: Axis) => Math.max(0, Math.ceil(Math.log2(1 / (scale * ratio)) - 1e-9));
  const [rows, cols] = [wanted(axes.rows), wanted(axes.cols)];
  let level = Math.min(rows, cols, info.top);
  while (level < info.top && tilesAt(axes.rows, level) * tilesAt(axes.cols, level) > MOST_IN_SIGHT) level++;
  return { level, joinRows: Math.max(0, rows - level), joinCols: Math.max(0, cols - level) };
}

function tilesAt(axis: Axis, level: number): number {
  const [from, to] = tileRange(axis, level);
  return to - from;
}

/** Tiles [from, to) of a level that an axis has in sight. */
export function tileRange({ from, span, count }: Axis, level: number): readonly [number, number] {
  const cells = TILE_SIZE * 2 ** level;
  return [Math.floor(from / cells), Math.max(1, Math.ceil(Math.min(count, from + span) / cells - 1e-9))];
}

/**
 * Places that are in sight now: the whole matrix as one tile first, then the level that fits, from the middle outwards,
 * then a margin of one tile around them.
 */
export function visibleTiles(info: TiledInfo, axes: Axes, { level }: Detail): TilePlace[] {
  const top: TilePlace = { level: info.top, row: 0, col: 0 };
  if (level === info.top) return [top];
  const cells = TILE_SIZE * 2 ** level;
  const [fromRow, toRow] = tileRange(axes.rows, level);
  const [fromCol, toCol] = tileRange(axes.cols, level);
  const [lastRow, lastCol] = [Math.ceil(info.rows / cells), Math.ceil(info.cols / cells)];
  const middleRow = (axes.rows.from + axes.rows.span / 2) / cells - 0.5;
  const middleCol = (axes.cols.from + axes.cols.span / 2) / cells - 0.5;
  const found: { place: TilePlace; margin: boolean; far: number }[] = [];
  for (let row = Math.max(0, fromRow - 1); row < Math.min(lastRow, toRow + 1); row++) {
    for (let col = Math.max(0, fromCol - 1); col < Math.min(lastCol, toCol + 1); col++) {
      const margin = row < fromRow || row >= toRow || col < fromCol || col >= toCol;
      found.push({ place: { level, row, col }, margin, far: Math.hypot(row - middleRow, col - middleCol) });
    }
  }
  found.sort((a, b) => Number(a.margin) - Number(b.margin) || a.far - b.far);
  return [top, ...found.map(({ place }) => place)].slice(0, MOST_PLACES);
}

/** Of the small map, px. */
const MOST = { width: 128, height: 80 };
const MARGIN = 8;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the small map of the whole matrix lies on the body; undefined while all of it is in sight, or there is no room. */
export function mapBox(room: Layout, { rows, cols }: Axes): Box | undefined {
  if (rows.span >= rows.count - 1e-6 && cols.span >= cols.count - 1e-6) return undefined;
  if (room.bodyWidth < 2 * MOST.width || room.bodyHeight < 2 * MOST.height) return undefined;
  const width = Math.min(MOST.width, Math.round(room.bodyWidth * 0.3));
  const height = Math.min(MOST.height, Math.round(room.bodyHeight * 0.24));
  return { x: room.bodyWidth - width - MARGIN, y: room.bodyHeight - height - MARGIN, width, height };
}

/** What is in sight as a frame on the small map, at least so large that it is seen. */
export function frameOn(box: Box, { rows, cols }: Axes): Box {
  const width = Math.max(5, (cols.span / cols.count) * box.width);
  const height = Math.max(5, (rows.span / rows.count) * box.height);
  return {
    x: Math.min(box.x + box.width - width, box.x + (cols.from / cols.count) * box.width),
    y: Math.min(box.y + box.height - height, box.y + (rows.from / rows.count) * box.height),
    width,
    height,
  };
}
