import type { AttentionRecord } from '../attention/attention-record.ts';
import { HeadRows } from '../attention/head-rows.ts';
import { headWeights } from '../attention/head-trace.ts';
import { TILED_ABOVE } from '../contract/state-bounds.ts';
import type { ExplorationView, HeadFact, Overview } from '../contract/view.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import { type DiagonalAxes, diagonality, meanEntropy, strongestSink } from './head-measures.ts';

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
 * the rows of 64 queries, over all keys: there the thumbnails and measures are those of this sample. Pauses after each head.
 * @param records the layers of that kind    @param axes what their rows and columns are
 */
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
  if (targets * sources <= TILED_ABOVE) return undefined;
  const count = Math.min(SAMPLE, targets);
  return Int32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * targets) / count));
}

/**
 * Makes a matrix small by keeping the largest value of each block, so that a thin bright line stays.
 * @param values [T, S]    @param most rows and columns at most    @returns [min(T, most), min(S, most)]
 */
export function maxPool(values: Matrix, most: number): Matrix {
  const rows = Math.min(values.rows, most);
  const cols = Math.min(values.cols, most);
  const small = matrix(rows, cols);
  const places = Int32Array.from({ length: values.cols }, (_, s) => Math.floor((s * cols) / values.cols));
  for (let t = 0; t < values.rows; t++) {
    const r = Math.floor((t * rows) / values.rows);
    for (let s = 0; s < values.cols; s++) {
      const at = r * cols + places[s];
      const value = values.data[t * values.cols + s];
      if (value > small.data[at]) small.data[at] = value;
    }
  }
  return small;
}

/**
 * The head that has most of a measure, or least of it; the first of equals.
 * @param measure [layers][heads]    @param heads of each layer
 */
export function bestHead(measure: Float32Array, heads: number, which: 'most' | 'least'): HeadFact {
  let best = 0;
  measure.forEach((value, i) => {
    if (which === 'most' ? value > measure[best] : value < measure[best]) best = i;
  });
  const across = Math.max(1, heads);
  return { layer: Math.floor(best / across), head: best % across, value: measure[best] ?? 0 };
}

/** An overview to be transferred away, and the heads that have most of each measure. */
export function headExtremes(
  { sinks, ...kept }: OverviewWithSinks,
  keys: readonly { readonly text: string }[],
): { overview: Overview; facts: Pick<ExplorationView['facts'], 'sharpest' | 'diagonal' | 'sink'> } {
  const { heads, measures } = kept;
  const sink = bestHead(measures.sink, heads, 'most');
  return {
    overview: {
      ...kept,
      values: kept.values.slice(),
      measures: {
        entropy: measures.entropy.slice(),
        diagonal: measures.diagonal.slice(),
        sink: measures.sink.slice(),
      },
    },
    facts: {
      sharpest: bestHead(measures.entropy, heads, 'least'),
      diagonal: bestHead(measures.diagonal, heads, 'most'),
      sink: { ...sink, key: keys[sinks[sink.layer * heads + sink.head]]?.text ?? '' },
    },
  };
}
