import type { AttentionRecord } from '../attention/attention-record.ts';
import { HeadRows } from '../attention/head-rows.ts';
import { headWeights } from '../attention/head-trace.ts';
import { finish } from '../base/scheduling.ts';
import { ATLAS_FROM } from '../contract/state-bounds.ts';
import type { Overview } from '../contract/view.ts';
import type { Matrix } from '../tensor/matrix.ts';
import { type DiagonalAxes, diagonality } from './diagonality.ts';
import { maxPool } from './max-pool.ts';
import { meanEntropy } from './mean-entropy.ts';
import { strongestSink } from './strongest-sink.ts';

/** Rows and columns of a thumbnail at most. */
const SIZE = 24;

/** Queries that stand for all of them, spread evenly, where a matrix is too large to be made as a whole. */
const SAMPLE = 64;

/** An overview, and for each head the key that is its strongest sink (a piece). */
export interface OverviewWithSinks extends Overview {
  readonly sinks: Int32Array;
}

/**
 * A thumbnail and the measures of every layer × head of one kind. Keeps one head's T × S matrix at a time; of long texts
 * the rows of 64 queries, over all keys: there the thumbnails and measures are those of this sample.
 * @param records the layers of that kind    @param axes what their rows and columns are
 */
export function overviewOf(records: readonly AttentionRecord[], axes: DiagonalAxes): OverviewWithSinks {
  return finish(overviewInSteps(records, axes));
}

/** The same with a pause after each head. */
export function* overviewInSteps(
  records: readonly AttentionRecord[],
  axes: DiagonalAxes,
): Generator<undefined, OverviewWithSinks, undefined> {
  const heads = records[0]?.heads ?? 0;
  const rows = Math.min(SIZE, records[0]?.q.rows ?? 0);
  const cols = Math.min(SIZE, records[0]?.k.rows ?? 0);
  const sample = sampled(records[0]?.q.rows ?? 0, records[0]?.k.rows ?? 0);
  const count = records.length * heads;
  const values = new Float32Array(count * rows * cols);
  const [entropy, diagonal, sink] = [1, 2, 3].map(() => new Float32Array(count));
  const sinks = new Int32Array(count);
  for (const [layer, record] of records.entries()) {
    for (let head = 0; head < heads; head++) {
      const { weights, mean } = sample === undefined ? all(record, head) : some(record, head, sample);
      const at = layer * heads + head;
      values.set(maxPool(weights, SIZE).data, at * rows * cols);
      entropy[at] = mean;
      diagonal[at] = diagonality(weights, axes, sample);
      const strongest = strongestSink(weights);
      [sinks[at], sink[at]] = [strongest.key, strongest.weight];
      yield;
    }
  }
  return { layers: records.length, heads, rows, cols, values, measures: { entropy, diagonal, sink }, sinks };
}

/** Weights of a head, and the mean of their rows' entropies. */
interface Weights {
  readonly weights: Matrix;
  readonly mean: number;
}

function all(record: AttentionRecord, head: number): Weights {
  const weights = headWeights(record, head);
  return { weights, mean: meanEntropy(weights) };
}

function some(record: AttentionRecord, head: number, sample: Int32Array): Weights {
  const rows = new HeadRows(record, head, false);
  const { weights } = rows.whole(sample);
  // The softmax has them at hand; a forced row's are another's.
  const known = record.change?.forced === undefined;
  const mean = known ? sample.reduce((sum, t) => sum + rows.entropy(t) / sample.length, 0) : meanEntropy(weights);
  return { weights, mean };
}

/** @returns undefined where all rows are few enough */
function sampled(targets: number, sources: number): Int32Array | undefined {
  if (targets * sources <= ATLAS_FROM) return undefined;
  const count = Math.min(SAMPLE, targets);
  return Int32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * targets) / count));
}
