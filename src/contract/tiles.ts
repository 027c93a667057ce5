import * as v from 'valibot';
import { type MatrixOf, TILE } from './choices.ts';
import { indexSchema } from './schema-parts.ts';
import type { ViewState } from './view-state.ts';

/** A tile: blocks [row·TILE, (row + 1)·TILE) × [col·TILE, (col + 1)·TILE) of a level. */
export interface AtlasPlace {
  readonly level: number;
  readonly row: number;
  readonly col: number;
}

/** A matrix that is looked at in levels, like a map. Part of an ExplorationView in place of its matrices. */
export interface AtlasInfo {
  /** Names run, kind, layer, head, unit, special tokens, matrix and what-if: the same id, the same numbers. */
  readonly id: string;
  readonly of: MatrixOf;
  /** Cells of level 0: rows ask, columns are asked. */
  readonly rows: number;
  readonly cols: number;
  /** The level at which the whole matrix is one tile. */
  readonly top: number;
}

/**
 * Numbers of one tile, row-major, [height·width]. Both are kept, so that a thin bright line is never averaged away. NaN
 * where every cell of a block is masked, or none has been computed yet.
 */
export interface AtlasTile extends AtlasPlace {
  readonly id: string;
  /** Blocks; fewer than TILE at the right and the lower edge. */
  readonly height: number;
  readonly width: number;
  readonly max: Float32Array;
  readonly mean: Float32Array;
  /** The part of the tile's rows that these come from, in (0, 1]: the same place comes again until it is 1. */
  readonly done: number;
  /** Least and greatest cell of the matrix that has been computed so far, for the scale of colours. */
  readonly least: number;
  readonly most: number;
}

/** What is known of the whole matrix once all of its rows have been computed. */
export interface AtlasFacts {
  readonly id: string;
  /** Mean entropy of the rows of weights that are on show, by pieces and before columns are left out, in nats. */
  readonly entropy: number;
  /** Strongest cell outside special tokens. */
  readonly peak: { readonly row: number; readonly col: number; readonly weight: number } | undefined;
  /** The strongest column of each row, [rows]; −1 where everything is masked. */
  readonly strongest: Int32Array;
  /** The same among what is no special token, as an argmax alignment links it; −1 in rows of special tokens. */
  readonly linked: Int32Array;
}

/** Which matrix, and which tiles of it are in sight. */
export interface AtlasRequest {
  readonly runId: string;
  readonly state: ViewState;
  readonly places: readonly AtlasPlace[];
}

/** One displayed row or column of it. */
export interface AtlasLineRequest {
  readonly runId: string;
  readonly state: ViewState;
  readonly axis: 'row' | 'col';
  readonly index: number;
}

/** Longest id: names of run, kind, unit…, and the what-if, whose masked keys may be many. */
const MOST_ID = 200_000;
/** Tiles of the finest level of 2^20 rows, more than any model takes. */
const MOST_LEVEL = 20;
/** Tiles that may be asked for at a time. */
const MOST_PLACES = 128;

export const atlasIdSchema = v.pipe(v.string(), v.maxLength(MOST_ID));
const levelSchema = v.pipe(indexSchema, v.maxValue(MOST_LEVEL));
const floats = v.instance(Float32Array);
const ints = v.instance(Int32Array);
const placeEntries = { level: levelSchema, row: indexSchema, col: indexSchema };

export const atlasPlacesSchema = v.pipe(v.array(v.strictObject(placeEntries)), v.maxLength(MOST_PLACES));

export const atlasInfoSchema = v.object({
  id: atlasIdSchema,
  of: v.picklist(['score', 'weight', 'contribution', 'value']),
  rows: indexSchema,
  cols: indexSchema,
  top: levelSchema,
});

export const atlasTileSchema = v.pipe(
  v.object({
    id: atlasIdSchema,
    ...placeEntries,
    height: v.pipe(indexSchema, v.maxValue(TILE)),
    width: v.pipe(indexSchema, v.maxValue(TILE)),
    max: floats,
    mean: floats,
    done: v.number(),
    least: v.number(),
    most: v.number(),
  }),
  v.check(({ height, width, max, mean }) => [max, mean].every(({ length }) => length === height * width)),
);

export const atlasFactsSchema = v.object({
  id: atlasIdSchema,
  entropy: v.number(),
  peak: v.optional(v.object({ row: indexSchema, col: indexSchema, weight: v.number() })),
  strongest: ints,
  linked: ints,
});
