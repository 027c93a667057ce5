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
