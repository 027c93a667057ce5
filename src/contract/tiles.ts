import * as v from 'valibot';
import { type MatrixOf, TILE_SIZE } from './choices.ts';
import { floatsSchema, type Immutable, indexSchema } from './schema-parts.ts';
import type { ViewState } from './view-state.ts';

/** Longest id: names of run, kind, unit…, and the what-if, whose masked keys may be many. */
const MOST_ID = 200_000;
/** Tiles of the finest level of 2^20 rows, more than any model takes. */
const MOST_LEVEL = 20;
/** Tiles that may be asked for at a time. */
const MOST_PLACES = 128;

/** Those that are computed row by row. */
const TILED_MATRICES: readonly MatrixOf[] = ['score', 'weight', 'contribution', 'value'];

const integers = v.custom<Int32Array>((value) => value instanceof Int32Array);
const levelSchema = v.pipe(indexSchema, v.maxValue(MOST_LEVEL));
const placeEntries = { level: levelSchema, row: indexSchema, col: indexSchema };

/** Names run, kind, layer, head, unit, special tokens, matrix and what-if: the same id, the same numbers. */
export const tiledIdSchema = v.pipe(v.string(), v.maxLength(MOST_ID));

/** A tile: blocks [row·TILE_SIZE, (row + 1)·TILE_SIZE) × [col·TILE_SIZE, (col + 1)·TILE_SIZE) of a level. */
const placeSchema = v.strictObject(placeEntries);

export const tilePlacesSchema = v.pipe(v.array(placeSchema), v.maxLength(MOST_PLACES));

/** A matrix that is looked at in levels, like a map. */
export const tiledInfoSchema = v.object({
  id: tiledIdSchema,
  of: v.picklist(TILED_MATRICES),
  /** Cells of level 0: rows ask, columns are asked. */
  rows: indexSchema,
  cols: indexSchema,
  /** The level at which the whole matrix is one tile. */
  top: levelSchema,
});

/**
 * Numbers of one tile, row-major, [height·width]. Both are kept, so that a thin bright line is never averaged away. NaN
 * where every cell of a block is masked, or none has been computed yet.
 */
export const tileSchema = v.pipe(
  v.object({
    id: tiledIdSchema,
    ...placeEntries,
    /** Blocks; fewer than TILE_SIZE at the right and the lower edge. */
    height: v.pipe(indexSchema, v.maxValue(TILE_SIZE)),
    width: v.pipe(indexSchema, v.maxValue(TILE_SIZE)),
    max: floatsSchema,
    mean: floatsSchema,
    /** The part of the tile's rows that these come from, in (0, 1]: the same place comes again until it is 1. */
    done: v.number(),
    /** Least and greatest cell of the matrix that has been computed so far, for the scale of colours. */
    least: v.number(),
    most: v.number(),
  }),
  v.check(({ height, width, max, mean }) => [max, mean].every(({ length }) => length === height * width)),
);

/** What is known of the whole matrix once all of its rows have been computed. */
export const tiledSummarySchema = v.object({
  id: tiledIdSchema,
  /** Mean entropy of the rows of weights that are on show, by pieces and before columns are left out, in nats. */
  entropy: v.number(),
  /** Strongest cell outside special tokens. */
  peak: v.optional(v.object({ row: indexSchema, col: indexSchema, weight: v.number() })),
  /** The strongest column of each row, [rows]; −1 where everything is masked. */
  strongest: integers,
  /** The same among what is no special token, as an argmax alignment links it; −1 in rows of special tokens. */
  linked: integers,
});

export type TilePlace = Immutable<v.InferOutput<typeof placeSchema>>;
export type TiledInfo = Immutable<v.InferOutput<typeof tiledInfoSchema>>;
export type Tile = Immutable<v.InferOutput<typeof tileSchema>>;
export type TiledSummary = Immutable<v.InferOutput<typeof tiledSummarySchema>>;

/** Which matrix, and which tiles of it are visible. */
export interface TilesRequest {
  readonly runId: string;
  readonly state: ViewState;
  readonly places: readonly TilePlace[];
}

/** One displayed row or column of a tiled matrix. */
export interface LineRequest {
  readonly runId: string;
  readonly state: ViewState;
  readonly axis: 'row' | 'col';
  readonly index: number;
}
