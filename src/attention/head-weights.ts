import { columns } from '../tensor/columns.ts';
import type { Matrix } from '../tensor/matrix.ts';
import { ShapeError } from '../tensor/shape-error.ts';
import type { AttentionRecord } from './attention-record.ts';
import { biasRows } from './bias-rows.ts';
import { forceWeights } from './force-weights.ts';
import { attentionMask } from './mask.ts';
import { match } from './match.ts';

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
  const q = columns(record.q, head * dk, (head + 1) * dk);
  const k = columns(record.k, head * dk, (head + 1) * dk);
  const mask = attentionMask(q.rows, k.rows, { ...record, hidden: change?.hidden });
  const matched = match(q, k, {
    divisor: record.divisor,
    mask,
    bias: bias && biasRows(bias, head, { from: 0, to: q.rows, keys: k.rows }),
  });
  forceWeights(matched.weights, mask, head, change?.forced);
  return { q, k, ...matched };
}
