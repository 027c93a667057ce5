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

/**
 * Additive mask: 0 where query t may look at key s, −Infinity where not.
 * @returns [T, S], or undefined where nothing is masked
 */
export function attentionMask(targets: number, sources: number, options: MaskOptions): Matrix | undefined {
  const { causal, padding, hidden } = options;
  if (!causal && padding === undefined && hidden === undefined) return undefined;
  const out = matrix(targets, sources);
  const past = sources - targets;
  for (let t = 0; t < targets; t++) {
    const row = out.data.subarray(t * sources, (t + 1) * sources);
    for (let s = 0; s < sources; s++) {
      if ((causal && s > t + past) || padding?.[s] === 1) row[s] = Number.NEGATIVE_INFINITY;
    }
    if (hidden === undefined || !row.some((value, s) => value === 0 && hidden[s] !== 1)) continue;
    for (let s = 0; s < sources; s++) if (hidden[s] === 1) row[s] = Number.NEGATIVE_INFINITY;
  }
  return out;
}
