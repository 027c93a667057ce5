import { columns } from '../tensor/columns.ts';
import type { Matrix } from '../tensor/matrix.ts';
import { matmul } from '../tensor/matrix-product.ts';
import { rows } from '../tensor/rows.ts';
import type { AttentionRecord } from './attention-record.ts';
import { combine } from './combine.ts';
import { matchHead } from './head-weights.ts';

/** What the three phases of one head left behind. */
export interface HeadTrace {
  /** Query: [T, dₖ], [S, dₖ], [S, dᵥ]. */
  readonly q: Matrix;
  readonly k: Matrix;
  readonly v: Matrix;
  /** Match: q·k; divided, with bias, −Infinity where masked; softmax. [T, S] each. */
  readonly scores: Matrix;
  readonly scaled: Matrix;
  readonly weights: Matrix;
  /** Combine: [T, dᵥ]; through this head's rows of W_O, without bias, [T, D]. */
  readonly context: Matrix;
  readonly output: Matrix;
}

/**
 * Runs query, match and combine again for one head of a layer.
 * Weighted values of a query: `weightedValues(trace.weights, trace.v, row)`.
 * @param head 0-based    @throws ShapeError when the layer has no such head
 */
export function headTrace(record: AttentionRecord, head: number): HeadTrace {
  const matched = matchHead(record, head);
  const dv = record.v.cols / record.heads;
  const v = columns(record.v, head * dv, (head + 1) * dv);
  const context = combine(matched.weights, v);
  const output = matmul(context, rows(record.outputWeight, head * dv, (head + 1) * dv));
  return { ...matched, v, context, output };
}
