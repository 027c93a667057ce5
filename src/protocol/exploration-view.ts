import type { ViewState } from '../exploration/view-state.ts';

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

export type MatrixOf = 'score' | 'weight' | 'contribution';

/** All layers × heads of one kind, small: blocks keep the maximum, so that a thin bright line stays. */
export interface Overview {
  readonly layers: number;
  readonly heads: number;
  /** Size of each thumbnail. */
  readonly rows: number;
  readonly cols: number;
  /** [layers][heads][rows][cols], weights. */
  readonly values: Float32Array;
  /** Mean entropy of the rows in nats, [layers][heads]. */
  readonly entropy: Float32Array;
}

/** What the model expects at one target position. */
export interface Predicted {
  /** What the model predicts from this target position; empty for encoder self-attention. */
  readonly predictions: readonly { readonly text: string; readonly id: number; readonly probability: number }[];
  /** Probability and 1-based rank of the token that the pair really has here. */
  readonly actual: { readonly probability: number; readonly rank: number } | undefined;
}

/** What the three phases leave behind for one query of one head; pieces, nothing merged. dₖ = dᵥ = headWidth. */
export interface StepView extends Predicted {
  readonly layer: number;
  readonly head: number;
  /** Piece index of the query. */
  readonly query: number;
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
  /** q·k, (q·k)/divisor (+ position bias), softmax: [S] each. A masked key has −Infinity and weight 0. */
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
  /** The matrix of the phase: query → score (q·k), match → weight, combine → contribution (‖weight × value‖). */
  readonly of: MatrixOf;
  /** [rows·cols]. NaN where masked. With head or layer 'mean', score and contribution are means as well. */
  readonly values: Float32Array;
  /** Always there, for tooltips and the editor: q·k, and weights. [rows·cols] */
  readonly scores: Float32Array;
  readonly weights: Float32Array;
  /** True when special tokens were left out and each row of weights was divided by what remained. */
  readonly renormalized: boolean;
  /** Index into rows of the row that holds state.query; −1 when it is hidden. */
  readonly row: number;
  readonly facts: {
    /** Mean entropy of the rows in nats, and ln S, the most that it could be. */
    readonly entropy: number;
    readonly maxEntropy: number;
    /** Strongest cell outside special tokens; undefined where there is none. */
    readonly peak: { readonly row: number; readonly col: number; readonly weight: number } | undefined;
    readonly sharpest: { readonly layer: number; readonly head: number; readonly entropy: number };
  };
  readonly overview: Overview;
  /** undefined while layer or head is 'mean': phases belong to one head. */
  readonly step: StepView | undefined;
}
