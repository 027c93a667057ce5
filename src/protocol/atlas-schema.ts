import * as v from 'valibot';
import { TILE } from '../contract/tiles.ts';
import { indexSchema } from './view-state-schema.ts';

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
