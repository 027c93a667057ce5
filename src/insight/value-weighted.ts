import type { AttentionRecord } from '../attention/attention-record.ts';
import type { HeadTrace } from '../attention/head-trace.ts';
import type { AxisLabel } from '../contract/view.ts';
import { type Matrix, rows as rowsOf } from '../tensor/matrix.ts';
import { matmul } from '../tensor/matrix-product.ts';
import { contributionMatrix } from './contributions.ts';

type Span = Pick<AxisLabel, 'from' | 'to'>;

/**
 * Value-weighted attention of one head: ‖w·v·W_O‖₂, what each key brings to the layer's output. v has its bias, W_O is
 * the head's rows of it, the output's bias belongs to no key. Words: the vectors of a column's pieces are added before
 * the norm is taken, rows are averaged.
 * @returns [rows, cols]
 * Cost: S·dᵥ·D + T·S·D multiplications. Source: Kobayashi et al. 2020, "Attention is Not Only a Weight", eq. 6.
 */
export function valueWeighted(
  record: AttentionRecord,
  head: number,
  { weights, v }: Pick<HeadTrace, 'weights' | 'v'>,
  rows: readonly Span[],
  cols: readonly Span[],
): Matrix {
  const projected = matmul(v, rowsOf(record.outputWeight, head * v.cols, (head + 1) * v.cols));
  return contributionMatrix(weights, projected, rows, cols);
}
