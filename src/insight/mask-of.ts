import type { AttentionRecord } from '../model/attention-record.ts';

/** @returns whether query t may not look at key s of that layer (causal: keys that come later) */
export function maskOf(record: AttentionRecord): (t: number, s: number) => boolean {
  const offset = record.k.rows - record.q.rows;
  return record.causal ? (t, s) => s > t + offset : () => false;
}
