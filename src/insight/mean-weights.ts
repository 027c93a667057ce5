import type { AttentionRecord } from '../attention/attention-record.ts';
import { headWeights } from '../attention/head-trace.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';

/** Weights averaged over heads, [T, S]. @param heads at least one, all of one kind of attention */
export function meanWeights(heads: readonly { readonly record: AttentionRecord; readonly head: number }[]): Matrix {
  const { q, k } = heads[0].record;
  const mean = matrix(q.rows, k.rows);
  for (const { record, head } of heads) {
    const { data } = headWeights(record, head);
    for (let i = 0; i < data.length; i++) mean.data[i] += data[i] / heads.length;
  }
  return mean;
}
