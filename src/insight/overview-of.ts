import { headWeights } from '../attention/head-weights.ts';
import type { AttentionRecord } from '../model/attention-record.ts';
import type { Overview } from '../protocol/exploration-view.ts';
import { maxPool } from './max-pool.ts';
import { meanEntropy } from './mean-entropy.ts';

/** Rows and columns of a thumbnail at most. */
const SIZE = 24;

/**
 * A thumbnail and the mean entropy of every layer × head of one kind. Keeps one head's T × S matrix at a time.
 * @param records the layers of that kind
 */
export function overviewOf(records: readonly AttentionRecord[]): Overview {
  const heads = records[0]?.heads ?? 0;
  const rows = Math.min(SIZE, records[0]?.q.rows ?? 0);
  const cols = Math.min(SIZE, records[0]?.k.rows ?? 0);
  const values = new Float32Array(records.length * heads * rows * cols);
  const entropy = new Float32Array(records.length * heads);
  records.forEach((record, layer) => {
    for (let head = 0; head < heads; head++) {
      const weights = headWeights(record, head);
      const at = layer * heads + head;
      values.set(maxPool(weights, SIZE).data, at * rows * cols);
      entropy[at] = meanEntropy(weights);
    }
  });
  return { layers: records.length, heads, rows, cols, values, entropy };
}
