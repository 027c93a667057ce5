/** One measured point of the ladder: the core's attention of one head set on random Q, K, V of n × n. */
export interface Measurement {
  readonly method: 'full' | 'streaming' | 'window' | 'linear' | 'cross';
  /** T and S of the point. */
  readonly targets: number;
  readonly sources: number;
  /** Median milliseconds of one call (all heads of one layer). */
  readonly milliseconds: number;
}

export interface MeasureRequest {
  readonly heads: number;
  readonly headWidth: number;
  /** S held for the cross curve. */
  readonly sources: number;
  readonly lengths: readonly number[];
}
