import { LruMap } from '../../base/lru-map.ts';
import { TILE_SIZE } from '../../contract/choices.ts';
import type { Tile, TiledInfo, TiledSummary, TilePlace } from '../../contract/tiles.ts';
import { LongMatrix, type LongMatrixOptions } from './long-matrix.ts';
import { MatrixSummary } from './matrix-summary.ts';
import { baseLevel, Pyramid, rowOrder, type TileValues } from './tile-pyramid.ts';

/** Cells of pieces, times heads, that are computed at a time: a few milliseconds. */
const STRIPE = 2 ** 19;
/** Rows of a stripe: fewer waste the keys that are read for them, more keep the thread too long. */
const ROWS_LEAST = 8;
const ROWS_MOST = 256;
/** Cells of a fine tile that are computed at a time. */
const PART = 2 ** 18;

/**
 * The matrix of a long run in levels. Rows are computed in an order that gives a picture of the whole early
 * (`advance`); the base and everything above it are kept, tiles below it are computed when they are looked at.
 */
export class TiledMatrix {
  readonly #matrix: LongMatrix;
  readonly #pyramid: Pyramid;
  readonly #facts: MatrixSummary;
  readonly #order: Int32Array;
  readonly #computed: Uint8Array;
  readonly #fine = new LruMap<string, TileValues>(MOST, bytesOf);
  /** All rows before it in the order have been computed. */
  #next = 0;
  #left: number;

  /** @param base level of the blocks that are kept; where left out, the finest of at most 2^20 blocks */
  constructor(
    readonly info: TiledInfo,
    look: LongMatrixOptions,
    base = baseLevel(info.rows, info.cols),
  ) {
    this.#matrix = new LongMatrix(look);
    this.#pyramid = new Pyramid(info.rows, info.cols, this.#matrix.holes, base);
    this.#facts = new MatrixSummary(look.rows, look.cols);
    this.#order = rowOrder(info.rows, Math.max(info.top, this.#pyramid.base));
    this.#computed = new Uint8Array(info.rows);
    this.#left = info.rows;
  }

  /** Level of the blocks that are kept. Tiles of lower ones come from `fine`. */
  get base(): number {
    return this.#pyramid.base;
  }

  /** Whether there is such a tile. */
  has({ level, row, col }: TilePlace): boolean {
    const { rows, cols, top } = this.info;
    const size = TILE_SIZE * 2 ** level;
    const whole = [level, row, col].every((at) => Number.isInteger(at) && at >= 0);
    return whole && level <= Math.max(top, this.base) && row * size < rows && col * size < cols;
  }

  /** Whether every row has been computed. */
  get complete(): boolean {
    return this.#left === 0;
  }

  /** Whether there is a row in each block of the picture of the whole. */
  get swept(): boolean {
    return this.complete || this.#next >= Math.ceil(this.info.rows / 2 ** Math.max(this.info.top, this.base));
  }

  /** Computes the next few rows. */
  advance(): void {
    const most = this.#rowsAtATime();
    const rows: number[] = [];
    for (; this.#next < this.#order.length && rows.length < most; this.#next++) {
      const row = this.#order[this.#next];
      if (this.#computed[row] === 0) rows.push(row);
    }
    this.#compute(rows);
  }

  /** The part of a tile's rows that have been computed. */
  done(place: TilePlace): number {
    return this.#pyramid.done(place);
  }

  /** @param place at the base or above */
  tile(place: TilePlace): Tile {
    return this.#named(place, this.#pyramid.tile(place));
  }

  /**
   * A tile below the base, exactly: its rows first, as far as they were not computed yet, then its cells. Pauses every few
   * milliseconds.
   */
  *fine(place: TilePlace): Generator<undefined, Tile, undefined> {
    const key = `${place.level} ${place.row} ${place.col}`;
    const known = this.#fine.get(key);
    if (known !== undefined) return this.#named(place, copied(known));
    const size = TILE_SIZE * 2 ** place.level;
    const [fromRow, toRow] = [place.row * size, Math.min(this.info.rows, (place.row + 1) * size)];
    const [fromCol, toCol] = [place.col * size, Math.min(this.info.cols, (place.col + 1) * size)];
    yield* this.#ensure(fromRow, toRow);
    const cells = new Pyramid(toRow - fromRow, toCol - fromCol, this.#matrix.holes, place.level);
    const count = Math.max(1, Math.floor(PART / ((toCol - fromCol) * this.#matrix.headCount)));
    for (let from = fromRow; from < toRow; from += count) {
      const rows = range(from, Math.min(toRow, from + count));
      const { values } = this.#matrix.part(rows, fromCol, toCol);
      for (const [i, row] of rows.entries()) cells.add(row - fromRow, values, i * (toCol - fromCol));
      yield;
    }
    const tile = cells.tile({ level: place.level, row: 0, col: 0 });
    this.#fine.set(key, tile);
    return this.#named(place, copied(tile));
  }

  /** Weights of a row, [cols]. */
  row(index: number): Float32Array {
    return this.#matrix.stripe([index]).weights.slice();
  }

  /** Weights of a column, [rows]; computes every row first. Pauses as `fine`. */
  *column(index: number): Generator<undefined, Float32Array, undefined> {
    while (!this.complete) {
      this.advance();
      yield;
    }
    const { rows } = this.info;
    const out = new Float32Array(rows);
    const count = Math.max(1, Math.floor(ROWS_MOST / this.#matrix.headCount));
    for (let from = 0; from < rows; from += count) {
      out.set(this.#matrix.part(range(from, Math.min(rows, from + count)), index, index + 1).weights, from);
      yield;
    }
    return out;
  }

  /** Of all rows that have been computed; arrays are fresh. */
  facts(): TiledSummary {
    return { id: this.info.id, ...this.#facts.all() };
  }

  *#ensure(from: number, to: number): Generator<undefined, void, undefined> {
    const missing = range(from, to).filter((row) => this.#computed[row] === 0);
    const most = this.#rowsAtATime();
    for (let i = 0; i < missing.length; i += most) {
      // Others may have computed some in between.
      this.#compute(missing.slice(i, i + most).filter((row) => this.#computed[row] === 0));
      yield;
    }
  }

  #compute(rows: readonly number[]): void {
    if (rows.length === 0) return;
    const size = 2 ** this.base;
    const { weights, shown, entropy } = this.#matrix.stripe(rows, size < 4 ? 0 : size);
    const { cols } = this.info;
    this.#facts.addEntropy(entropy);
    for (const [i, row] of rows.entries()) {
      if ('blocks' in shown) this.#pyramid.addBlocks(row, shown.blocks, i);
      else this.#pyramid.add(row, shown.values, i * cols);
      this.#facts.add(row, weights, i * cols, 'blocks' in shown ? { of: shown.blocks, i } : undefined);
      this.#computed[row] = 1;
    }
    this.#left -= rows.length;
  }

  #rowsAtATime(): number {
    const { pieces, headCount } = this.#matrix;
    const perRow = (pieces.rows / Math.max(1, this.info.rows)) * pieces.cols * headCount;
    return Math.max(ROWS_LEAST, Math.min(ROWS_MOST, Math.floor(STRIPE / perRow)));
  }

  #named({ level, row, col }: TilePlace, values: TileValues): Tile {
    const { least, most } = this.#pyramid;
    return { id: this.info.id, level, row, col, ...values, least, most };
  }
}

/** Whoever gets a tile may give its arrays away. */
function copied(tile: TileValues): TileValues {
  return { ...tile, max: tile.max.slice(), mean: tile.mean.slice() };
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** Bytes of tiles that are kept. */
const MOST = 32 * 2 ** 20;

function bytesOf({ max, mean }: TileValues): number {
  return max.byteLength + mean.byteLength;
}
