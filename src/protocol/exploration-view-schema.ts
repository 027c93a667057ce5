import * as v from 'valibot';
import { once } from '../contract/schema-parts.ts';
import { atlasInfoSchema } from './atlas-schema.ts';
import { indexSchema, viewStateSchema } from './view-state-schema.ts';

const floats = v.instance(Float32Array);

const labelSchema = v.object({
  text: v.string(),
  from: indexSchema,
  to: indexSchema,
  start: indexSchema,
  end: indexSchema,
  special: v.boolean(),
});

const labelsSchema = once(v.array(labelSchema));

const overviewSchema = v.pipe(
  v.object({
    layers: indexSchema,
    heads: indexSchema,
    rows: indexSchema,
    cols: indexSchema,
    values: floats,
    measures: v.object({ entropy: floats, diagonal: floats, sink: floats }),
  }),
  v.check(({ layers, heads, rows, cols, values, measures }) => {
    const measured = Object.values(measures).every((measure) => measure.length === layers * heads);
    return values.length === layers * heads * rows * cols && measured;
  }, 'overview arrays as long as layers × heads × rows × cols'),
);

const predictionsSchema = v.array(v.object({ text: v.string(), id: indexSchema, probability: v.number() }));

const actualSchema = v.optional(v.object({ probability: v.number(), rank: indexSchema }));

const stepSchema = v.pipe(
  v.object({
    layer: indexSchema,
    head: indexSchema,
    query: indexSchema,
    token: labelSchema,
    reads: v.optional(labelSchema),
    divisor: v.number(),
    state: floats,
    q: floats,
    keys: floats,
    keyTokens: labelsSchema,
    keyCount: v.optional(indexSchema),
    scores: floats,
    scaled: floats,
    weights: floats,
    values: floats,
    contributions: floats,
    context: floats,
    headOutput: floats,
    output: floats,
    predictions: predictionsSchema,
    actual: actualSchema,
  }),
  v.check((step) => {
    const keys = step.keyTokens.length;
    return (
      [step.scores, step.scaled, step.weights].every((row) => row.length === keys) &&
      step.keys.length === keys * step.q.length &&
      [step.values, step.contributions].every((rows) => rows.length === keys * step.context.length) &&
      step.headOutput.length === step.output.length
    );
  }, 'step arrays as long as keys and widths say'),
);

const whatIfSideSchema = v.object({
  weights: floats,
  context: floats,
  predictions: predictionsSchema,
  actual: actualSchema,
  // −Infinity where a token can't come at all.
  logProbability: v.optional(v.custom<number>((value) => typeof value === 'number')),
});

const whatIfViewSchema = v.pipe(
  v.object({ before: whatIfSideSchema, after: whatIfSideSchema, outputChange: v.number(), outputNorm: v.number() }),
  v.check(({ before, after }) => {
    return before.weights.length === after.weights.length && before.context.length === after.context.length;
  }, 'before and after alike'),
);

const headFactSchema = v.object({ layer: indexSchema, head: indexSchema, value: v.number() });

/** An ExplorationView whose arrays have the lengths that its labels say. */
export const explorationViewSchema = v.pipe(
  v.object({
    runId: v.string(),
    state: viewStateSchema,
    rows: labelsSchema,
    cols: labelsSchema,
    of: v.picklist(['score', 'weight', 'contribution', 'value', 'rollout']),
    atlas: v.optional(atlasInfoSchema),
    rowWeights: v.optional(floats),
    values: floats,
    before: v.optional(floats),
    scores: floats,
    weights: floats,
    headWeights: v.optional(floats),
    alignment: v.array(v.object({ row: indexSchema, col: indexSchema })),
    renormalized: v.boolean(),
    row: v.pipe(v.number(), v.integer(), v.minValue(-1)),
    facts: v.object({
      entropy: v.optional(v.number()),
      maxEntropy: v.number(),
      peak: v.optional(v.object({ row: indexSchema, col: indexSchema, weight: v.number() })),
      sharpest: headFactSchema,
      diagonal: headFactSchema,
      sink: v.object({ ...headFactSchema.entries, key: v.string() }),
    }),
    overview: overviewSchema,
    step: v.optional(once(stepSchema)),
    whatIf: v.optional(whatIfViewSchema),
  }),
  v.check((view) => {
    if (view.atlas) {
      const { rows, cols } = view.atlas;
      const row = view.rowWeights?.length === (view.row < 0 ? 0 : cols);
      return row && view.row < rows && view.values.length + view.scores.length + view.weights.length === 0;
    }
    const cells = view.rows.length * view.cols.length;
    const matrices = [view.values, view.scores, view.weights, view.before ?? view.values];
    const heads = view.headWeights?.length ?? view.overview.heads * cells;
    return (
      matrices.every((array) => array.length === cells) &&
      heads === view.overview.heads * cells &&
      view.alignment.every(({ row, col }) => row < view.rows.length && col < view.cols.length) &&
      view.row < view.rows.length
    );
  }, 'matrices of rows × cols'),
);
