/** What the patterns have in common; each one says which it heeds. */
export interface PatternOptions {
  /** Query t sees keys 0 … t only. */
  readonly causal?: boolean;
  /** Keys seen by each query, half of them on either side of its own position. */
  readonly window?: number;
  /** Keys taken at a time. */
  readonly tile?: number;
}
