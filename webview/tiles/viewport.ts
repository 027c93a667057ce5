import type { AtlasInfo } from '../../src/contract/tiles.ts';

/** A cell at its largest, px: numbers can be read in it. */
const CELL = { width: 56, height: 28 };

/** Room that the picture of a matrix has, px: labels to the left and above, cells in the rest. */
export interface Room {
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

type Size = Pick<AtlasInfo, 'rows' | 'cols'>;

const between = (x: number, least: number, most: number): number => Math.max(least, Math.min(most, x));

/** @param width of the element, px */
export function roomFor(width: number, { rows, cols }: Size): Room {
  const whole = Math.max(160, Math.floor(width));
  const labelWidth = Math.round(between(whole * 0.2, 96, 168));
  const headHeight = 84;
  const bodyWidth = Math.min(whole - labelWidth, cols * CELL.width);
  const bodyHeight = Math.round(Math.min(between(bodyWidth * 0.62, 280, 556), rows * CELL.height));
  return { width: whole, height: headHeight + bodyHeight, labelWidth, headHeight, bodyWidth, bodyHeight };
}

const fits = (room: Room, { rows, cols }: Size): readonly [number, number] => [
  Math.min(CELL.height, room.bodyHeight / Math.max(1, rows)),
  Math.min(CELL.width, room.bodyWidth / Math.max(1, cols)),
];

/** Both axes of what is in sight. */
export function axesOf(room: Room, size: Size, sight: Sight): Axes {
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
export function settled(room: Room, size: Size, sight: Sight): Sight {
  const zoom = between(sight.zoom, 0, 1);
  const { rows, cols } = axesOf(room, size, { ...sight, zoom });
  return {
    zoom,
    row: between(sight.row, 0, Math.max(0, rows.count - rows.span)),
    col: between(sight.col, 0, Math.max(0, cols.count - cols.span)),
  };
}

/** Moved by px. */
export function panned(room: Room, size: Size, sight: Sight, x: number, y: number): Sight {
  const { rows, cols } = axesOf(room, size, sight);
  return settled(room, size, { ...sight, row: sight.row + y / rows.scale, col: sight.col + x / cols.scale });
}

/** Larger by a factor on the axis that has further to go, with the point (x, y) of the body, px, where it is. */
export function zoomed(room: Room, size: Size, sight: Sight, factor: number, x: number, y: number): Sight {
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
export function revealing(room: Room, size: Size, sight: Sight, row: number, col: number, block: number): Sight {
  const { rows, cols } = axesOf(room, size, sight);
  const shift = (from: number, span: number, at: number) =>
    at < from ? at : at + block > from + span ? at + block - span : from;
  return settled(room, size, {
    ...sight,
    row: shift(sight.row, rows.span, row),
    col: shift(sight.col, cols.span, col),
  });
}
