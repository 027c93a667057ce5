import { type Matrix, matrix } from '../tensor/matrix.ts';

/**
 * Additive mask: 0 where query t may look at key s, −Infinity where not.
 * @param options.causal nothing later than the query itself; the last query stands at the last key, so that T < S
 *   means that the first S − T keys come before the first query (a cache)
 * @param options.padding 1 at keys that are padding, [S]
 * @returns [T, S], or undefined where nothing is masked
 */
export function attentionMask(
  targets: number,
  sources: number,
  options: { readonly causal: boolean; readonly padding?: Uint8Array },
): Matrix | undefined {
  const { causal, padding } = options;
  if (!causal && padding === undefined) return undefined;
  const out = matrix(targets, sources);
  const past = sources - targets;
  for (let t = 0; t < targets; t++) {
    for (let s = 0; s < sources; s++) {
      if ((causal && s > t + past) || padding?.[s] === 1) out.data[t * sources + s] = Number.NEGATIVE_INFINITY;
    }
  }
  return out;
}
