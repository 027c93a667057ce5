import { type Matrix, matrix } from '../tensor/matrix.ts';

export interface MaskOptions {
  /**
   * Nothing later than the query itself; the last query stands at the last key, so that T < S means that the first
   * S − T keys come before the first query (a cache).
   */
  readonly causal: boolean;
  /** 1 at keys that are padding, [S]. */
  readonly padding?: Uint8Array;
  /** 1 at keys that are hidden on purpose, [S]; not from a query that would be left with none. */
  readonly hidden?: Uint8Array;
}

/** Which keys each query may look at, without a matrix. */
export interface VisibleKeys {
  /** Query t sees none of the keys from here on; S where nothing is causal. */
  limit(t: number): number;
  /** 1 at keys before the limit that query t may not look at, [S]; undefined where it may look at all of them. */
  closed(t: number): Uint8Array | undefined;
}

/** @returns undefined where every query sees every key */
export function visibleKeysOf(targets: number, sources: number, options: MaskOptions): VisibleKeys | undefined {
  const { causal, padding, hidden } = options;
  if (!causal && padding === undefined && hidden === undefined) return undefined;
  const past = sources - targets;
  const limit = (t: number) => (causal ? Math.max(0, Math.min(sources, t + past + 1)) : sources);
  if (hidden === undefined) return { limit, closed: () => padding };
  const both = padding === undefined ? hidden : hidden.map((one, s) => (one === 1 || padding[s] === 1 ? 1 : 0));
  // A query with no other key than hidden ones keeps those.
  const open = both.findIndex((one) => one !== 1);
  return { limit, closed: (t) => (open >= 0 && open < limit(t) ? both : padding) };
}

/** Whether query t may not look at key s. */
export function isMasked(seen: VisibleKeys | undefined, t: number, s: number): boolean {
  return seen !== undefined && (s >= seen.limit(t) || seen.closed(t)?.[s] === 1);
}

/** Puts −Infinity into a row of scores of query t, of the keys from `from` on, where it may not look. */
export function maskRow(seen: VisibleKeys, t: number, row: Float32Array, from = 0): void {
  const end = Math.max(0, Math.min(row.length, seen.limit(t) - from));
  const closed = seen.closed(t);
  row.fill(Number.NEGATIVE_INFINITY, end);
  if (closed === undefined) return;
  for (let i = 0; i < end; i++) if (closed[from + i] === 1) row[i] = Number.NEGATIVE_INFINITY;
}

/**
 * Additive mask: 0 where query t may look at key s, −Infinity where not.
 * @param block queries [from, to) and the first `keys` keys alone; all where left out
 * @returns [to − from, keys], or undefined where nothing is masked
 */
export function attentionMask(
  targets: number,
  sources: number,
  options: MaskOptions,
  { from, to, keys }: RowBlock = { from: 0, to: targets, keys: sources },
): Matrix | undefined {
  const seen = visibleKeysOf(targets, sources, options);
  if (seen === undefined) return undefined;
  const out = matrix(to - from, keys);
  for (let t = from; t < to; t++) maskRow(seen, t, out.data.subarray((t - from) * keys, (t - from + 1) * keys));
  return out;
}

/** Some queries in a row, and the keys that they may look at: from the first on. */
export interface RowBlock {
  readonly from: number;
  readonly to: number;
  readonly keys: number;
}
