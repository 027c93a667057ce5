import { TILE_SIZE } from '../../../src/contract/choices.ts';
import type { Tile, TilePlace } from '../../../src/contract/tiles.ts';

/** Half the width of the diagonal band, cells. */
const BAND = 24;

/**
 * A matrix given by a formula, so large that it is never made: a soft band along the diagonal, noise by a hash of the
 * cell, and one bright line, a single row thin. Blocks of coarse levels are sampled: at their middle, at the band's nearest
 * cell, and on the line, which are the greatest that they have.
 */
export class SyntheticAtlas {
  /** Row of the thin bright line. */
  readonly line: number;

  constructor(
    readonly rows: number,
    readonly cols: number,
    readonly causal = false,
  ) {
    this.line = Math.floor(rows * 0.31);
  }

  /** @returns NaN where masked */
  value(row: number, col: number): number {
    if (this.causal && col > row) return Number.NaN;
    const noise = (((Math.imul(row + 1, 0x9e3779b1) ^ Math.imul(col + 1, 0x85ebca6b)) >>> 8) & 1023) / 1023;
    if (row === this.line) return 0.8 + noise * 0.2;
    const off = (col - (row * this.cols) / this.rows) / BAND;
    return 0.02 * noise + 0.55 * Math.exp(-off * off);
  }

  tile({ level, row, col }: TilePlace, done = 1): Omit<Tile, 'id'> {
    const size = 2 ** level;
    const height = Math.min(TILE_SIZE, Math.ceil(this.rows / size) - row * TILE_SIZE);
    const width = Math.min(TILE_SIZE, Math.ceil(this.cols / size) - col * TILE_SIZE);
    const max = new Float32Array(height * width).fill(Number.NaN);
    const mean = new Float32Array(height * width).fill(Number.NaN);
    for (let i = 0; i < Math.ceil(height * done); i++) {
      for (let j = 0; j < width; j++) {
        const [most, middle] = this.block((row * TILE_SIZE + i) * size, (col * TILE_SIZE + j) * size, size);
        max[i * width + j] = most;
        mean[i * width + j] = size === 1 ? most : middle;
      }
    }
    return { level, row, col, height, width, max, mean, done, least: 0, most: 1 };
  }

  private block(row: number, col: number, size: number): readonly [number, number] {
    if (size === 1) {
      const value = this.value(row, col);
      return [value, value];
    }
    const toRow = Math.min(this.rows, row + size) - 1;
    const toCol = Math.min(this.cols, col + size) - 1;
    const near = Math.round((row * this.cols) / this.rows);
    const nearest = Math.max(col, Math.min(toCol, near));
    const cells = [
      this.value(toRow, col),
      this.value((row + toRow) >> 1, (col + toCol) >> 1),
      this.value(row, nearest),
    ].filter((value) => !Number.isNaN(value));
    if (cells.length === 0) return [Number.NaN, Number.NaN];
    const mean = cells.reduce((sum, value) => sum + value, 0) / cells.length;
    if (this.line < row || this.line > toRow) return [Math.max(...cells), mean];
    const bright = this.value(this.line, col);
    return Number.isNaN(bright) ? [Math.max(...cells), mean] : [Math.max(...cells, bright), mean + bright / size];
  }
}
