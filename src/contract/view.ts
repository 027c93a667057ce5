import * as v from 'valibot';
import type { MatrixOf } from './choices.ts';
import { indexSchema, once } from './schema-parts.ts';
import { type AtlasInfo, atlasInfoSchema } from './tiles.ts';
import { type ViewState, viewStateSchema } from './view-state.ts';

/** One row or column of the heatmap. */
export interface AxisLabel {
  readonly text: string;
  /** Pieces [from, to) that it stands for; indexes into the token list of its side. */
  readonly from: number;
  readonly to: number;
  /** UTF-16 offsets in the user's text. */
  readonly start: number;
  readonly end: number;
  readonly special: boolean;
}

/** A number for each head, [layers][heads]. */
export interface HeadMeasures {
  /** Mean entropy of the rows in nats: 0 looks at one piece, the most at all alike. */
  readonly entropy: Float32Array;
  /** Share of the weight on or beside the diagonal, from 0 to 1. See insight/diagonality.ts. */
  readonly diagonal: Float32Array;
  /** Mean weight that the most attended key gets from all queries, from 0 to 1. See insight/strongest-sink.ts. */
  readonly sink: Float32Array;
}

/** The head that has most of a measure, the first of equals. */
export interface HeadFact {
  readonly layer: number;
  readonly head: number;
  readonly value: number;
}

/** All layers × heads of one kind, small: blocks keep the maximum, so that a thin bright line stays. */
export interface Overview {
  readonly layers: number;
  readonly heads: number;
  /** Size of each thumbnail. */
  readonly rows: number;
  readonly cols: number;
  /** [layers][heads][rows][cols], weights. */
  readonly values: Float32Array;
  readonly measures: HeadMeasures;
}

/** What the model expects at one target position. */
export interface Predicted {
  /** What the model predicts from this target position; empty for encoder self-attention. */
  readonly predictions: readonly { readonly text: string; readonly id: number; readonly probability: number }[];
  /** Probability and 1-based rank of the token that the pair really has here. */
  readonly actual: { readonly probability: number; readonly rank: number } | undefined;
}

/** The query of the state, in a pass as it was or as it became. */
export interface WhatIfSide extends Predicted {
  /** [S], pieces, as the keys of `step`; means where layer or head is 'mean'. */
  readonly weights: Float32Array;
  /** Σ weight × value of the head, [dᵥ]; empty while layer or head is 'mean'. */
  readonly context: Float32Array;
  /** ln p(target | source) of the whole target; undefined where nothing is predicted (encoder-only). */
  readonly logProbability: number | undefined;
}

/** What state.whatIf changed, for the query of the state. */
export interface WhatIfView {
  readonly before: WhatIfSide;
  readonly after: WhatIfSide;
  /**
   * ‖after − before‖₂ of what the layer's attention puts out for the query (all heads, after W_O; the last layer
   * where it is 'mean'), and ‖before‖₂, to say how much that is.
   */
  readonly outputChange: number;
  readonly outputNorm: number;
}

/** A row and a column of the view that belong together. */
export interface AlignmentLink {
  readonly row: number;
  readonly col: number;
}

/** What the three phases leave behind for one query of one head; pieces, nothing merged. dₖ = dᵥ = headWidth. */
export interface StepView extends Predicted {
  readonly layer: number;
  readonly head: number;
  /** Piece index of the query. */
  readonly query: number;
  /** How many keys there are, where only the strongest are here: in a view of a long run. */
  readonly keyCount?: number;
  /** The piece that asks: for cross and decoder, the one being predicted; `reads` is the one at the input. */
  readonly token: AxisLabel;
  readonly reads: AxisLabel | undefined;
  /** Divisor of the scores: √dₖ, or 1 where the family does not scale (T5). */
  readonly divisor: number;
  /** State that enters W_Q, [D]. */
  readonly state: Float32Array;
  /** [dₖ] */
  readonly q: Float32Array;
  /** S keys: [S·dₖ], and their pieces. */
  readonly keys: Float32Array;
  readonly keyTokens: readonly AxisLabel[];
  /**
   * q·k, (q·k)/divisor (+ position bias), softmax: [S] each. A masked key has −Infinity and weight 0. Where the state's
   * what-if forces this row, the weights are those that it gives, not the softmax.
   */
  readonly scores: Float32Array;
  readonly scaled: Float32Array;
  readonly weights: Float32Array;
  /** [S·dᵥ]: values, and weight × value. */
  readonly values: Float32Array;
  readonly contributions: Float32Array;
  /** Σ weight × value, [dᵥ]. */
  readonly context: Float32Array;
  /** context · W_O of this head, [D]; and the sum over heads plus bias, [D]. */
  readonly headOutput: Float32Array;
  readonly output: Float32Array;
}

/** Everything that the panel and the editor show of one exploration in one state; arrays travel as buffers. */
export interface ExplorationView {
  readonly runId: string;
  readonly state: ViewState;
  /** Rows are queries, columns are keys, in the unit of the state, special tokens left out where it says hide. */
  readonly rows: readonly AxisLabel[];
  readonly cols: readonly AxisLabel[];
  /**
   * The matrix of the phase: query → score (q·k), match → weight, combine → contribution (‖weight × value‖); or
   * value or rollout where the state asks for them, whatever the phase.
   */
  readonly of: MatrixOf;
  /**
   * [rows·cols]. NaN where masked. With head or layer 'mean', score, contribution and value are means as well; rollout
   * with layer 'mean' goes through all layers. While there is a what-if, everything is as it became.
   */
  readonly values: Float32Array;
  /** `values` as they were before the what-if; undefined without one. */
  readonly before: Float32Array | undefined;
  /** Always there, for tooltips and the editor: q·k, and weights. [rows·cols] */
  readonly scores: Float32Array;
  readonly weights: Float32Array;
  /**
   * Weights of every head of the layer (means over the layers where it is 'mean'), [heads·rows·cols], 0 where masked;
   * only while the picture is lines.
   */
  readonly headWeights: Float32Array | undefined;
  /** Links of the state's alignment, by rows; empty when off. No special token has one. */
  readonly alignment: readonly AlignmentLink[];
  /** True when special tokens were left out and each row of weights was divided by what remained. */
  readonly renormalized: boolean;
  /**
   * Of a long run (above ATLAS_FROM): where its matrix is looked at. `values`, `scores`, `weights`, `alignment` are then
   * empty, and `rows` and `cols` as well until they are made of the run's tokens: see insight/labelled-view.ts.
   */
  readonly atlas?: AtlasInfo;
  /** Of a long run: weights of the query's row, [cols]; empty when it is hidden. */
  readonly rowWeights?: Float32Array;
  /** Index into rows of the row that holds state.query; −1 when it is hidden. */
  readonly row: number;
  readonly facts: {
    /** Mean entropy of the rows in nats, and ln S, the most that it could be. Of a long run it comes with the atlas's facts. */
    readonly entropy: number | undefined;
    readonly maxEntropy: number;
    /** Strongest cell outside special tokens; undefined where there is none. */
    readonly peak: { readonly row: number; readonly col: number; readonly weight: number } | undefined;
    /** Lowest mean entropy; largest share beside the diagonal; largest mean weight on one key, and that key. */
    readonly sharpest: HeadFact;
    readonly diagonal: HeadFact;
    readonly sink: HeadFact & { readonly key: string };
  };
  readonly overview: Overview;
  /** undefined while layer or head is 'mean': phases belong to one head. */
  readonly step: StepView | undefined;
  readonly whatIf: WhatIfView | undefined;
}

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
