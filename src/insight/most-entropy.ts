import type { AttentionRecord } from '../attention/attention-record.ts';
import { seenKeys } from '../attention/mask.ts';

/** Mean over the rows of ln(keys that the row may look at): ln S without a mask. O(T + S). */
export function mostEntropy({
  q,
  k,
  causal,
  padding,
  change,
}: Pick<AttentionRecord, 'q' | 'k' | 'causal' | 'padding' | 'change'>): number {
  const [targets, sources] = [q.rows, k.rows];
  const seen = seenKeys(targets, sources, { causal, padding, hidden: change?.hidden });
  const openBefore = new Map<Uint8Array, Int32Array>();
  let sum = 0;
  for (let t = 0; t < targets; t++) {
    const limit = seen?.limit(t) ?? sources;
    const closed = seen?.closed(t);
    let keys = limit;
    if (closed !== undefined) {
      const counts = openBefore.get(closed) ?? countOpen(closed);
      openBefore.set(closed, counts);
      keys = counts[limit];
    }
    sum += Math.log(Math.max(1, keys));
  }
  return targets === 0 ? 0 : sum / targets;
}

/** How many of the first n keys are open, by n. */
function countOpen(closed: Uint8Array): Int32Array {
  const counts = new Int32Array(closed.length + 1);
  for (let s = 0; s < closed.length; s++) counts[s + 1] = counts[s] + (closed[s] === 1 ? 0 : 1);
  return counts;
}
