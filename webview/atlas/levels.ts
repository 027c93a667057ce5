import { TILE } from '../../src/contract/choices.ts';
import type { AtlasInfo, AtlasPlace } from '../../src/contract/tiles.ts';
import type { Axes, Axis } from '../tiles/viewport.ts';

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
export function detailOf(info: AtlasInfo, axes: Axes, ratio: number): Detail {
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
  const cells = TILE * 2 ** level;
  return [Math.floor(from / cells), Math.max(1, Math.ceil(Math.min(count, from + span) / cells - 1e-9))];
}

/**
 * Places that are in sight now: the whole matrix as one tile first, then the level that fits, from the middle outwards,
 * then a margin of one tile around them.
 */
export function placesInSight(info: AtlasInfo, axes: Axes, { level }: Detail): AtlasPlace[] {
  const top: AtlasPlace = { level: info.top, row: 0, col: 0 };
  if (level === info.top) return [top];
  const cells = TILE * 2 ** level;
  const [fromRow, toRow] = tileRange(axes.rows, level);
  const [fromCol, toCol] = tileRange(axes.cols, level);
  const [lastRow, lastCol] = [Math.ceil(info.rows / cells), Math.ceil(info.cols / cells)];
  const middleRow = (axes.rows.from + axes.rows.span / 2) / cells - 0.5;
  const middleCol = (axes.cols.from + axes.cols.span / 2) / cells - 0.5;
  const found: { place: AtlasPlace; margin: boolean; far: number }[] = [];
  for (let row = Math.max(0, fromRow - 1); row < Math.min(lastRow, toRow + 1); row++) {
    for (let col = Math.max(0, fromCol - 1); col < Math.min(lastCol, toCol + 1); col++) {
      const margin = row < fromRow || row >= toRow || col < fromCol || col >= toCol;
      found.push({ place: { level, row, col }, margin, far: Math.hypot(row - middleRow, col - middleCol) });
    }
  }
  found.sort((a, b) => Number(a.margin) - Number(b.margin) || a.far - b.far);
  return [top, ...found.map(({ place }) => place)].slice(0, MOST_PLACES);
}
