import type { AttentionRecord } from '../model/attention-record.ts';

/** @returns whether query t may not look at key s of that layer (causal: keys that come later; padding) */
export function maskOf(record: AttentionRecord): (t: number, s: number) => boolean {
  const offset = record.k.rows - record.q.rows;
  const { causal, padding } = record;
  return (t, s) => (causal && s > t + offset) || padding?.[s] === 1;
}
