import { headTrace } from '../attention/head-trace.ts';
import type { AttentionRecord } from '../model/attention-record.ts';
import type { AxisLabel } from '../protocol/exploration-view.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import { contributionMatrix } from './contribution-matrix.ts';
import { groupMatrix } from './group-matrix.ts';
import { maskOf } from './mask-of.ts';

export interface ShownMatrices {
  /** Means over the heads, in pieces, [T, S]: weights with 0 where masked. */
  readonly pieceWeights: Matrix;
  /** In rows and columns of the labels; NaN where masked. */
  readonly scores: Matrix;
  readonly weights: Matrix;
  readonly contributions: Matrix;
}

/**
 * The three phases' matrices for one head, or averaged over several.
 * @param heads at least one, all of one kind of attention
 */
export function shownMatrices(
  heads: readonly { readonly record: AttentionRecord; readonly head: number }[],
  rows: readonly AxisLabel[],
  cols: readonly AxisLabel[],
): ShownMatrices {
  const { q, k } = heads[0].record;
  const masked = maskOf(heads[0].record);
  const scores = matrix(q.rows, k.rows);
  const pieceWeights = matrix(q.rows, k.rows);
  const contributions = matrix(rows.length, cols.length);
  for (const { record, head } of heads) {
    const trace = headTrace(record, head);
    addShare(scores, trace.scores, heads.length);
    addShare(pieceWeights, trace.weights, heads.length);
    addShare(contributions, contributionMatrix(trace.weights, trace.v, rows, cols), heads.length);
  }
  const weights = matrix(q.rows, k.rows, pieceWeights.data.slice());
  for (let t = 0; t < q.rows; t++) {
    for (let s = 0; s < k.rows; s++) {
      if (masked(t, s)) scores.data[t * k.rows + s] = weights.data[t * k.rows + s] = Number.NaN;
    }
  }
  const grouped = groupMatrix(weights, rows, cols, 'sum');
  grouped.data.forEach((weight, i) => {
    if (Number.isNaN(weight)) contributions.data[i] = Number.NaN;
  });
  return { pieceWeights, scores: groupMatrix(scores, rows, cols, 'mean'), weights: grouped, contributions };
}

function addShare(sum: Matrix, part: Matrix, count: number): void {
  for (let i = 0; i < sum.data.length; i++) sum.data[i] += part.data[i] / count;
}
