import type { BlocksOfRows } from '../../attention/head-rows.ts';
import { TILE_SIZE } from '../../contract/choices.ts';
import type { TilePlace } from '../../contract/tiles.ts';

/** Blocks that are kept at most. */
const MOST = 2 ** 20;

/** Numbers of one tile; see Tile. */
export interface TileValues {
  readonly height: number;
  readonly width: number;
  readonly max: Float32Array;
  readonly mean: Float32Array;
  readonly done: number;
}

/**
 * Maximum and mean of blocks of a matrix whose rows come one by one, in any order. The finest level that is kept (the base)
 * has a bounded number of blocks, so what it takes does not grow with the matrix; coarser levels follow from it.
 */
export class Pyramid {
  readonly base: number;
  readonly #height: number;
  readonly #width: number;
  readonly #max: Float32Array;
  readonly #sum: Float32Array;
  /** Cells that are not masked and have come, where some may be masked. */
  readonly #count: Uint32Array | undefined;
  /** Rows that have come of each row of blocks. */
  readonly #come: Uint32Array;
  least = Number.POSITIVE_INFINITY;
  most = Number.NEGATIVE_INFINITY;

  /**
   * @param holes whether cells may be NaN (masked)
   * @param base level of the blocks that are kept; where left out, the finest of at most 2^20 blocks
   */
  constructor(
    readonly rows: number,
    readonly cols: number,
    holes: boolean,
    base = baseLevel(rows, cols),
  ) {
    this.base = base;
    this.#height = Math.ceil(rows / 2 ** base);
    this.#width = Math.ceil(cols / 2 ** base);
    const blocks = this.#height * this.#width;
    this.#max = new Float32Array(blocks).fill(Number.NEGATIVE_INFINITY);
    this.#sum = new Float32Array(blocks);
    this.#count = holes ? new Uint32Array(blocks) : undefined;
    this.#come = new Uint32Array(this.#height);
  }

  /** One row of the matrix, [cols] from `from` on; NaN where masked. Each row comes once. */
  add(row: number, values: Float32Array, from = 0): void {
    const size = 2 ** this.base;
    const blockRow = Math.floor(row / size);
    this.#come[blockRow]++;
    const end = from + this.cols;
    let at = blockRow * this.#width;
    let { least, most } = this;
    for (let first = from; first < end; first += size, at++) {
      const last = Math.min(end, first + size);
      let max = this.#max[at];
      let sum = 0;
      let count = 0;
      for (let i = first; i < last; i++) {
        const value = values[i];
        if (!Number.isNaN(value)) {
          sum += value;
          count++;
          if (value > max) max = value;
          if (value < least) least = value;
        }
      }
      this.#max[at] = max;
      this.#sum[at] += sum;
      if (this.#count !== undefined) this.#count[at] += count;
      if (max > most) most = max;
    }
    this.least = least;
    this.most = most;
  }

  /** As add, of a row that came as its blocks. @param i which of their rows it is */
  addBlocks(row: number, { size, most, sums, least, limits }: BlocksOfRows, i: number): void {
    const blockRow = Math.floor(row / size);
    this.#come[blockRow]++;
    const limit = limits === undefined ? this.cols : limits[i];
    const count = Math.ceil(limit / size);
    const from = i * this.#width;
    const to = blockRow * this.#width;
    for (let b = 0; b < count; b++) {
      const value = most[from + b];
      if (value > this.#max[to + b]) this.#max[to + b] = value;
      if (value > this.most) this.most = value;
      this.#sum[to + b] += sums[from + b];
      if (this.#count !== undefined) this.#count[to + b] += Math.min(size, limit - b * size);
    }
    if (count > 0 && least[i] < this.least) this.least = least[i];
  }

  /** The part of the rows of a tile that have come, in [0, 1]. @param place at the base or above */
  done({ level, row }: TilePlace): number {
    const [from, to] = this.#blockRows(level, row);
    const size = 2 ** this.base;
    const rows = Math.min(this.rows, to * size) - from * size;
    let come = 0;
    for (let i = from; i < to; i++) come += this.#come[i];
    return rows <= 0 ? 1 : come / rows;
  }

  /** @param place at the base or above    @returns NaN where nothing has come */
  tile(place: TilePlace): TileValues {
    const { level, row, col } = place;
    const across = 2 ** (level - this.base);
    const size = 2 ** level;
    const height = within(Math.ceil(this.rows / size) - row * TILE_SIZE);
    const width = within(Math.ceil(this.cols / size) - col * TILE_SIZE);
    const max = new Float32Array(height * width);
    const mean = new Float32Array(height * width);
    for (let i = 0; i < height; i++) {
      const fromRow = (row * TILE_SIZE + i) * across;
      const toRow = Math.min(this.#height, fromRow + across);
      let come = 0;
      for (let r = fromRow; r < toRow; r++) come += this.#come[r];
      for (let j = 0; j < width; j++) {
        const fromCol = (col * TILE_SIZE + j) * across;
        const toCol = Math.min(this.#width, fromCol + across);
        let most = Number.NEGATIVE_INFINITY;
        let sum = 0;
        let count = this.#count === undefined ? come * this.#cellsAcross(fromCol, toCol) : 0;
        for (let r = fromRow; r < toRow; r++) {
          for (let at = r * this.#width + fromCol; at < r * this.#width + toCol; at++) {
            if (this.#max[at] > most) most = this.#max[at];
            sum += this.#sum[at];
            if (this.#count !== undefined) count += this.#count[at];
          }
        }
        max[i * width + j] = count === 0 ? Number.NaN : most;
        mean[i * width + j] = sum / count;
      }
    }
    return { height, width, max, mean, done: this.done(place) };
  }

  #cellsAcross(fromBlock: number, toBlock: number): number {
    const size = 2 ** this.base;
    return Math.min(this.cols, toBlock * size) - fromBlock * size;
  }

  #blockRows(level: number, row: number): [number, number] {
    const across = TILE_SIZE * 2 ** (level - this.base);
    return [Math.min(this.#height, row * across), Math.min(this.#height, (row + 1) * across)];
  }
}

/** The finest level of which no more than so many blocks are needed. */
export function baseLevel(rows: number, cols: number, most = MOST): number {
  let level = 0;
  while (Math.ceil(rows / 2 ** level) * Math.ceil(cols / 2 ** level) > most) level++;
  return level;
}

function within(blocks: number): number {
  return Math.max(0, Math.min(TILE_SIZE, blocks));
}

/**
 * Rows in the order in which they are computed: one of every block of 2^top rows first, then another of every block, those
 * far from each other first. A picture of the whole is there after the first sweep and fills in evenly.
 * @returns a permutation of 0 … rows − 1
 */
export function rowOrder(rows: number, top: number): Int32Array {
  const order = new Int32Array(rows);
  const size = 2 ** top;
  let at = 0;
  for (let i = 0; i < size; i++) {
    for (let row = reversed(i, top); row < rows; row += size) order[at++] = row;
  }
  return order;
}

/** The lowest `bits` bits in the opposite order. */
function reversed(value: number, bits: number): number {
  let result = 0;
  for (let bit = 0; bit < bits; bit++) result = result * 2 + (Math.floor(value / 2 ** bit) % 2);
  return result;
}
