import * as v from 'valibot';
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

const overviewSchema = v.pipe(
  v.object({
    layers: indexSchema,
    heads: indexSchema,
    rows: indexSchema,
    cols: indexSchema,
    values: floats,
    entropy: floats,
  }),
  v.check(({ layers, heads, rows, cols, values, entropy }) => {
    return values.length === layers * heads * rows * cols && entropy.length === layers * heads;
  }, 'overview arrays as long as layers × heads × rows × cols'),
);

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
    keyTokens: v.array(labelSchema),
    scores: floats,
    scaled: floats,
    weights: floats,
    values: floats,
    contributions: floats,
    context: floats,
    headOutput: floats,
    output: floats,
    predictions: v.array(v.object({ text: v.string(), id: indexSchema, probability: v.number() })),
    actual: v.optional(v.object({ probability: v.number(), rank: indexSchema })),
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

/** An ExplorationView whose arrays have the lengths that its labels say. */
export const explorationViewSchema = v.pipe(
  v.object({
    runId: v.string(),
    state: viewStateSchema,
    rows: v.array(labelSchema),
    cols: v.array(labelSchema),
    of: v.picklist(['score', 'weight', 'contribution']),
    values: floats,
    scores: floats,
    weights: floats,
    renormalized: v.boolean(),
    row: v.pipe(v.number(), v.integer(), v.minValue(-1)),
    facts: v.object({
      entropy: v.number(),
      maxEntropy: v.number(),
      peak: v.optional(v.object({ row: indexSchema, col: indexSchema, weight: v.number() })),
      sharpest: v.object({ layer: indexSchema, head: indexSchema, entropy: v.number() }),
    }),
    overview: overviewSchema,
    step: v.optional(stepSchema),
  }),
  v.check((view) => {
    const cells = view.rows.length * view.cols.length;
    return (
      [view.values, view.scores, view.weights].every((array) => array.length === cells) && view.row < view.rows.length
    );
  }, 'matrices of rows × cols'),
);
