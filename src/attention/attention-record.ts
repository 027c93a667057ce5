import type { DeferredMatrix } from '../tensor/deferred-matrix.ts';
import type { Matrix } from '../tensor/matrix.ts';
import type { DistanceBias } from './distance-bias.ts';

/**
 * What one attention layer was given in a forward pass, enough to run query, match and combine again for any head
 * (so that a run keeps O((T + S)·D) a layer and never a T × S matrix). Heads lie side by side in the columns.
 */
export interface AttentionRecord {
  /** State that enters W_Q, [T, D]. */
  readonly input: Matrix;
  /** [T, H·dₖ]; of a long text Q, K and V are deferred. */
  readonly q: Matrix | DeferredMatrix;
  /** [S, H·dₖ] */
  readonly k: Matrix | DeferredMatrix;
  /** [S, H·dᵥ] */
  readonly v: Matrix | DeferredMatrix;
  readonly heads: number;
  /** Scores are divided by it: √dₖ, or 1 (T5). */
  readonly divisor: number;
  readonly causal: boolean;
  /** Added to the scaled scores, by head and query (T5); undefined where the family has none. */
  readonly bias: DistanceBias | undefined;
  /** Keys that nobody may attend to (padding): 1 at their positions, [S]; left out where there are none. */
  readonly padding?: Uint8Array;
  /** What this layer was made to do differently; left out in an ordinary pass. */
  readonly change?: AttentionChange;
  /** W_O as used in context · W_O, [H·dᵥ, D], and its bias [D] where there is one. */
  readonly outputWeight: Matrix | DeferredMatrix;
  readonly outputBias: Float32Array | undefined;
  /** After W_O, [T, D]. */
  readonly output: Matrix;
}

/** The layers of one forward pass. For encoder-only families `decoder` and `cross` are empty, for decoder-only `encoder` and `cross`. */
export interface AttentionRecords {
  readonly encoder: readonly AttentionRecord[];
  readonly decoder: readonly AttentionRecord[];
  readonly cross: readonly AttentionRecord[];
}

/** What one attention layer is made to do differently, to see what follows from it. */
export interface AttentionChange {
  /** Keys that no query may attend to: 1 at their positions, [S]. A query that has no other key keeps those it has. */
  readonly hidden?: Uint8Array;
  /** A row of weights that is given instead of computed, in some heads. */
  readonly forced?: ForcedWeights;
}

/** All weight of one query, evenly on the keys of these that it may look at; as computed where that is none. */
export interface ForcedWeights {
  readonly heads: readonly number[];
  readonly query: number;
  readonly keys: readonly number[];
}
