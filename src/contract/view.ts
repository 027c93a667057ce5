import * as v from 'valibot';
import type { MatrixOf } from './choices.ts';
import { cachedCheck, floatsSchema, type Immutable, indexSchema } from './schema-parts.ts';
import { tiledInfoSchema } from './tiles.ts';
import { viewStateSchema } from './view-state.ts';

/** All but those that the window makes. */
const COMPUTED_MATRICES: readonly MatrixOf[] = ['score', 'weight', 'contribution', 'value', 'rollout'];

/** One row or column of the heatmap. */
const labelSchema = v.object({
  text: v.string(),
  /** Pieces [from, to) that it stands for; indexes into the token list of its side. */
  from: indexSchema,
  to: indexSchema,
  /** UTF-16 offsets in the user's text. */
  start: indexSchema,
  end: indexSchema,
  special: v.boolean(),
});

/** All layers × heads of one kind, small: blocks keep the maximum, so that a thin bright line stays. */
const overviewSchema = v.pipe(
  v.object({
    layers: indexSchema,
    heads: indexSchema,
    /** Size of each thumbnail. */
    rows: indexSchema,
    cols: indexSchema,
    /** [layers][heads][rows][cols], weights. */
    values: floatsSchema,
    /** A number for each head, [layers][heads]. */
    measures: v.object({
      /** Mean entropy of the rows in nats: 0 looks at one piece, the most at all alike. */
      entropy: floatsSchema,
      /** Share of the weight on or beside the diagonal, from 0 to 1. See insight/diagonality.ts. */
      diagonal: floatsSchema,
      /** Mean weight that the most attended key gets from all queries, from 0 to 1. See insight/strongest-sink.ts. */
      sink: floatsSchema,
    }),
  }),
  v.check(({ layers, heads, rows, cols, values, measures }) => {
    const measured = Object.values(measures).every((measure) => measure.length === layers * heads);
    return values.length === layers * heads * rows * cols && measured;
  }, 'overview arrays as long as layers × heads × rows × cols'),
);

/** What the model expects at one target position. */
const predictedEntries = {
  /** What the model predicts from this target position; empty for encoder self-attention. */
  predictions: v.array(v.object({ text: v.string(), id: indexSchema, probability: v.number() })),
  /** Probability and 1-based rank of the token that the pair really has here. */
  actual: v.optional(v.object({ probability: v.number(), rank: indexSchema })),
};

const predictedSchema = v.object(predictedEntries);

/** What the three phases leave behind for one query of one head; pieces, nothing merged. dₖ = dᵥ = headWidth. */
const stepSchema = v.pipe(
  v.object({
    layer: indexSchema,
    head: indexSchema,
    /** Piece index of the query. */
    query: indexSchema,
    /** The piece that asks: for cross and decoder, the one being predicted; `reads` is the one at the input. */
    token: labelSchema,
    reads: v.optional(labelSchema),
    /** Divisor of the scores: √dₖ, or 1 where the family does not scale (T5). */
    divisor: v.number(),
    /** State that enters W_Q, [D]. */
    state: floatsSchema,
    /** [dₖ] */
    q: floatsSchema,
    /** S keys: [S·dₖ], and their pieces. */
    keys: floatsSchema,
    keyTokens: cachedCheck(v.array(labelSchema)),
    /** How many keys there are, where only the strongest are here: in a view of a long run. */
    keyCount: v.optional(indexSchema),
    /**
     * q·k, (q·k)/divisor (+ position bias), softmax: [S] each. A masked key has −Infinity and weight 0. Where the
     * state's what-if forces this row, the weights are those that it gives, not the softmax.
     */
    scores: floatsSchema,
    scaled: floatsSchema,
    weights: floatsSchema,
    /** [S·dᵥ] */
    values: floatsSchema,
    /** Σ weight × value over all keys, [dᵥ]. */
    context: floatsSchema,
    /** context · W_O of this head, [D]; and the sum over heads plus bias, [D]. */
    headOutput: floatsSchema,
    output: floatsSchema,
    ...predictedEntries,
  }),
  v.check((step) => {
    const keys = step.keyTokens.length;
    return (
      [step.scores, step.scaled, step.weights].every((row) => row.length === keys) &&
      step.keys.length === keys * step.q.length &&
      step.values.length === keys * step.context.length &&
      step.headOutput.length === step.output.length
    );
  }, 'step arrays as long as keys and widths say'),
);

/** The query of the state, in a pass as it was or as it became. */
const whatIfSideSchema = v.object({
  /** [S], pieces, as the keys of `step`; means where layer or head is 'mean'. */
  weights: floatsSchema,
  /** Σ weight × value of the head, [dᵥ]; empty while layer or head is 'mean'. */
  context: floatsSchema,
  ...predictedEntries,
  /**
   * ln p(target | source) of the whole target: −Infinity where a token can't come at all, undefined where nothing is
   * predicted (encoder-only).
   */
  logProbability: v.optional(v.custom<number>((value) => typeof value === 'number')),
});

/** What state.whatIf changed, for the query of the state. */
const whatIfViewSchema = v.pipe(
  v.object({
    before: whatIfSideSchema,
    after: whatIfSideSchema,
    /**
     * ‖after − before‖₂ of what the layer's attention puts out for the query (all heads, after W_O; the last layer
     * where it is 'mean'), and ‖before‖₂, to say how much that is.
     */
    outputChange: v.number(),
    outputNorm: v.number(),
  }),
  v.check(({ before, after }) => {
    return before.weights.length === after.weights.length && before.context.length === after.context.length;
  }, 'before and after alike'),
);

/** The head that has most of a measure, the first of equals. */
const headFactSchema = v.object({ layer: indexSchema, head: indexSchema, value: v.number() });

/** A row and a column of the view that belong together; no special token has a link. */
const linkSchema = v.object({ row: indexSchema, col: indexSchema });

/** The matrices of a text that is short enough for whole ones, [rows·cols] each. */
const wholeMapSchema = v.object({
  kind: v.literal('whole'),
  rows: indexSchema,
  cols: indexSchema,
  /**
   * What `of` names. NaN where masked. With head or layer 'mean', score, contribution and value are means as well;
   * rollout with layer 'mean' goes through all layers. While there is a what-if, everything is as it became. The same
   * object as `scores` or `weights` where it is the same numbers.
   */
  values: floatsSchema,
  /** `values` as they were before the what-if; undefined without one. */
  before: v.optional(floatsSchema),
  /** Always there, for tooltips and the editor: q·k, NaN where masked, and weights, 0 there. */
  scores: floatsSchema,
  weights: floatsSchema,
  /**
   * Weights of every head of the layer (means over the layers where it is 'mean'), [heads·rows·cols], 0 where masked;
   * only while the picture is lines.
   */
  headWeights: v.optional(floatsSchema),
});

/** The matrix of a long text, which is never made as a whole (see isLong): it is asked for in tiles and lines. */
const tiledMapSchema = v.object({
  kind: v.literal('tiled'),
  info: tiledInfoSchema,
  /** Weights of the query's row, [cols]; empty when it is hidden. */
  rowWeights: floatsSchema,
});

/** A ComputedView whose arrays have the lengths that it says. */
export const computedViewSchema = v.pipe(
  v.object({
    runId: v.string(),
    state: viewStateSchema,
    /**
     * The matrix of the phase: query → score (q·k), match → weight, combine → contribution (‖weight × value‖); or
     * value or rollout where the state asks for them, whatever the phase.
     */
    of: v.picklist(COMPUTED_MATRICES),
    map: v.variant('kind', [wholeMapSchema, tiledMapSchema]),
    /** Links of the state's alignment, by rows; empty when off. Of a tiled map they come with its summary. */
    alignment: v.array(linkSchema),
    /** True when special tokens were left out and each row of weights was divided by what remained. */
    renormalized: v.boolean(),
    /** Index into rows of the row that holds state.query; −1 when it is hidden. */
    row: v.pipe(v.number(), v.integer(), v.minValue(-1)),
    facts: v.object({
      /** Mean entropy of the rows in nats; of a long run it comes with the summary. And ln S, the most it could be. */
      entropy: v.optional(v.number()),
      maxEntropy: v.number(),
      /** Strongest cell outside special tokens; undefined where there is none. */
      peak: v.optional(v.object({ row: indexSchema, col: indexSchema, weight: v.number() })),
      /** Lowest mean entropy; largest share beside the diagonal; largest mean weight on one key, and that key. */
      sharpest: headFactSchema,
      diagonal: headFactSchema,
      sink: v.object({ ...headFactSchema.entries, key: v.string() }),
    }),
    overview: overviewSchema,
    /** undefined while layer or head is 'mean': phases belong to one head. */
    step: v.optional(cachedCheck(stepSchema)),
    whatIf: v.optional(whatIfViewSchema),
  }),
  v.check(({ map, row, alignment, overview }) => {
    if (map.kind === 'tiled') return row < map.info.rows && map.rowWeights.length === (row < 0 ? 0 : map.info.cols);
    const cells = map.rows * map.cols;
    const { values, scores, weights, before = values, headWeights } = map;
    return (
      [values, scores, weights, before].every((array) => array.length === cells) &&
      (headWeights === undefined || headWeights.length === overview.heads * cells) &&
      alignment.every((link) => link.row < map.rows && link.col < map.cols) &&
      row < map.rows
    );
  }, 'matrices of rows × cols'),
);

export type AxisLabel = Immutable<v.InferOutput<typeof labelSchema>>;
export type Overview = Immutable<v.InferOutput<typeof overviewSchema>>;
export type HeadFact = Immutable<v.InferOutput<typeof headFactSchema>>;
export type AlignmentLink = Immutable<v.InferOutput<typeof linkSchema>>;
export type Predicted = Immutable<v.InferOutput<typeof predictedSchema>>;
export type StepView = Immutable<v.InferOutput<typeof stepSchema>>;
export type WhatIfSide = Immutable<v.InferOutput<typeof whatIfSideSchema>>;
export type WhatIfView = Immutable<v.InferOutput<typeof whatIfViewSchema>>;
export type WholeMap = Immutable<v.InferOutput<typeof wholeMapSchema>>;
export type TiledMap = Immutable<v.InferOutput<typeof tiledMapSchema>>;

/** Everything that is computed of one exploration in one state; arrays travel as buffers. */
export type ComputedView = Immutable<v.InferOutput<typeof computedViewSchema>>;

/** What window and editor show of it: with the labels, which are made of the run's tokens where they are drawn. */
export interface ExplorationView extends ComputedView {
  /** Rows are queries, columns are keys, in the unit of the state, special tokens left out where it says hide. */
  readonly rows: readonly AxisLabel[];
  readonly cols: readonly AxisLabel[];
}

/** A view whose matrices are whole. */
export interface WholeView extends ExplorationView {
  readonly map: WholeMap;
}

/** A view of a long run. */
export interface TiledView extends ExplorationView {
  readonly map: TiledMap;
}
