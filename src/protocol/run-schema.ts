import * as v from 'valibot';
import { indexSchema } from './view-state-schema.ts';

const tokenSchema = v.object({
  id: indexSchema,
  text: v.string(),
  start: indexSchema,
  end: indexSchema,
  special: v.boolean(),
  word: v.pipe(v.number(), v.integer()),
});

const directionSchema = v.object({ token: v.string(), language: v.string(), name: v.optional(v.string()) });

const inputSchema = v.variant('kind', [
  v.object({
    kind: v.literal('sound'),
    rate: v.number(),
    window: indexSchema,
    hop: indexSchema,
    mels: indexSchema,
    frames: indexSchema,
  }),
  v.object({
    kind: v.literal('picture'),
    size: indexSchema,
    patch: indexSchema,
    factor: v.number(),
    mean: v.array(v.number()),
    std: v.array(v.number()),
  }),
]);

const mediaSchema = v.variant('kind', [
  v.object({
    kind: v.literal('sound'),
    name: v.string(),
    seconds: v.number(),
    step: v.number(),
    rows: indexSchema,
    cols: indexSchema,
    levels: v.string(),
  }),
  v.object({
    kind: v.literal('picture'),
    name: v.string(),
    side: indexSchema,
    pixels: v.string(),
    across: indexSchema,
  }),
]);

const modelInfoSchema = v.object({
  folder: v.string(),
  name: v.string(),
  family: v.string(),
  encoderLayers: indexSchema,
  decoderLayers: indexSchema,
  encoderHeads: indexSchema,
  decoderHeads: indexSchema,
  width: indexSchema,
  headWidth: indexSchema,
  encoderFeedForward: indexSchema,
  decoderFeedForward: indexSchema,
  vocabulary: indexSchema,
  maxPositions: v.optional(indexSchema),
  parameters: indexSchema,
  bytes: indexSchema,
  dtype: v.string(),
  input: v.optional(inputSchema),
  directions: v.array(directionSchema),
  sources: v.optional(v.array(directionSchema)),
  alignmentHead: v.optional(v.object({ layer: indexSchema, head: indexSchema })),
  wordAlignment: v.optional(
    v.object({
      layer: indexSchema,
      head: indexSchema,
      row: v.picklist(['predicting', 'reading']),
      geometricMeanAbove: v.optional(v.number()),
      weightAbove: v.optional(v.number()),
    }),
  ),
});

/** A RunSummary whose rows and inputs belong together. */
export const runSummarySchema = v.pipe(
  v.object({
    runId: v.string(),
    model: modelInfoSchema,
    source: v.string(),
    target: v.string(),
    generated: v.boolean(),
    media: v.optional(mediaSchema),
    direction: v.optional(v.string()),
    sourceLanguage: v.optional(v.string()),
    sourceTokens: v.array(tokenSchema),
    targetTokens: v.array(tokenSchema),
    decoderInput: v.array(tokenSchema),
    scores: v.optional(v.array(v.object({ probability: v.number(), rank: indexSchema }))),
    // −Infinity where a token can't come at all.
    logProbability: v.custom<number>((value) => typeof value === 'number'),
    milliseconds: v.object({ tokenize: v.number(), encode: v.number(), decode: v.number() }),
  }),
  v.check((run) => run.decoderInput.length === run.targetTokens.length, 'one decoder input for each target token'),
);
