import type { AttentionRecord } from '../attention/attention-record.ts';
import { HeadRows } from '../attention/head-rows.ts';
import { isMasked } from '../attention/mask.ts';
import { type Matrix, matrix, rows } from '../tensor/matrix.ts';
import { matmul } from '../tensor/matrix-product.ts';

/** What query, match and combine leave behind for one query of one head, without those of the others. */
export interface LongRow {
  /** q·k; divided, with bias; [S]: −Infinity where masked. Softmax: 0 there. */
  readonly scores: Float32Array;
  readonly scaled: Float32Array;
  readonly weights: Float32Array;
  /** Σ weight × value, [1, dᵥ]; through this head's rows of W_O, [1, D]. */
  readonly context: Matrix;
  readonly output: Matrix;
}

/** O(S·(dₖ + dᵥ)). @param head 0-based    @param query row of the record */
export function longRow(record: AttentionRecord, head: number, query: number): LongRow {
  const { v, heads, divisor, bias, outputWeight } = record;
  const match = new HeadRows(record, head, false);
  const found = match.whole([query], { withScores: true });
  const weights = found.weights.data.slice();
  const added = bias?.row(head, query);
  const masked = (s: number) => isMasked(match.seen, query, s);
  const orMasked = (row: Float32Array) => row.map((score, s) => (masked(s) ? Number.NEGATIVE_INFINITY : score));
  const scores = orMasked(found.scores!.data);
  const dv = v.cols / heads;
  const values = v.data;
  const context = matrix(1, dv);
  for (let s = 0; s < v.rows; s++) {
    const weight = weights[s];
    if (weight === 0) continue;
    const at = s * v.cols + head * dv;
    for (let i = 0; i < dv; i++) context.data[i] += weight * values[at + i];
  }
  return {
    scores,
    scaled: scores.map((score, s) => score / divisor + (added?.[s] ?? 0)),
    weights,
    context,
    output: matmul(context, rows(outputWeight, head * dv, (head + 1) * dv)),
  };
}
