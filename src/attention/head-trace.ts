import { readMatrix } from '../tensor/deferred-matrix.ts';
import { columns, type Matrix, rows, ShapeError } from '../tensor/matrix.ts';
import { matmul } from '../tensor/matrix-product.ts';
import type { AttentionRecord } from './attention-record.ts';
import { combine } from './combine.ts';
import { biasRows } from './distance-bias.ts';
import { attentionMask } from './mask.ts';
import { match } from './match.ts';
import { forceWeights } from './multi-head.ts';

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
 * @param head 0-based    @throws ShapeError when the layer has no such head
 */
export function headTrace(record: AttentionRecord, head: number): HeadTrace {
  const matched = matchHead(record, head);
  const dv = record.v.cols / record.heads;
  const v = columns(readMatrix(record.v), head * dv, (head + 1) * dv);
  const context = combine(matched.weights, v);
  const output = matmul(context, rows(readMatrix(record.outputWeight), head * dv, (head + 1) * dv));
  return { ...matched, v, context, output };
}

/**
 * Weights of one head, [T, S].
 * @param head 0-based    @throws ShapeError when the layer has no such head
 */
export function headWeights(record: AttentionRecord, head: number): Matrix {
  return matchHead(record, head).weights;
}

/** Q, K and everything that match leaves behind for one head. */
export function matchHead(record: AttentionRecord, head: number) {
  const { heads, bias, change } = record;
  if (!Number.isInteger(head) || head < 0 || head >= heads) {
    throw new ShapeError('matchHead', `0 ≤ head < ${heads}`, `${head}`);
  }
  const dk = record.q.cols / heads;
  const q = columns(readMatrix(record.q), head * dk, (head + 1) * dk);
  const k = columns(readMatrix(record.k), head * dk, (head + 1) * dk);
  const mask = attentionMask(q.rows, k.rows, { ...record, hidden: change?.hidden });
  const matched = match(q, k, {
    divisor: record.divisor,
    mask,
    bias: bias && biasRows(bias, head, { from: 0, to: q.rows, keys: k.rows }),
  });
  forceWeights(matched.weights, mask, head, change?.forced);
  return { q, k, ...matched };
}
