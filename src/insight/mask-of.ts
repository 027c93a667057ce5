import type { AttentionRecord } from '../attention/attention-record.ts';
import { isMasked, seenKeys } from '../attention/mask.ts';

/**
 * @returns whether query t may not look at key s of that layer (causal: keys that come later; padding; keys that a
 *   what-if hides)
 */
export function maskOf({ q, k, causal, padding, change }: AttentionRecord): (t: number, s: number) => boolean {
  const seen = seenKeys(q.rows, k.rows, { causal, padding, hidden: change?.hidden });
  return (t, s) => isMasked(seen, t, s);
}
