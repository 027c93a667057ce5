import type { AttentionRecords } from '../attention/attention-record.ts';
import { type HeadTrace, matchHead } from '../attention/head-trace.ts';
import type { MatrixOf } from '../contract/choices.ts';
import type { AxisLabel } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import { readMatrix } from '../tensor/deferred-matrix.ts';
import { columns, type Matrix, matrix } from '../tensor/matrix.ts';
import { attentionRollout } from './attention-rollout.ts';
import { contributionMatrix, valueWeighted } from './contributions.ts';
import { MATRIX_OF, maskOf, meanWeights, selectedHeads } from './state-selection.ts';
import { groupMatrix, renormalize } from './word-matrix.ts';

export interface ViewMatrices {
  readonly of: MatrixOf;
  /** Means over the heads, in pieces, [T, S]: weights with 0 where masked. */
  readonly pieceWeights: Matrix;
  /** In rows and columns of the labels: scores with NaN where masked, weights with 0. */
  readonly scores: Matrix;
  readonly weights: Matrix;
  /** What the state asks for, NaN where masked; `scores` or `weights` themselves where it is these numbers. */
  readonly values: Matrix;
}

/**
 * The matrices that a state shows of a pass: of one head, or averaged over several.
 * @param trace of the state's head, where it is one and its trace is at hand
 */
export function viewMatrices(
  pass: AttentionRecords,
  state: ViewState,
  rows: readonly AxisLabel[],
  cols: readonly AxisLabel[],
  trace?: HeadTrace,
): ViewMatrices {
  const heads = selectedHeads(pass[state.kind], state);
  const of = state.matrix === 'attention' ? MATRIX_OF[state.phase] : state.matrix;
  let [pieceScores, pieceWeights, norms]: (Matrix | undefined)[] = [];
  for (const { record, head } of heads) {
    const matched = trace ?? matchHead(record, head);
    pieceScores = addToMean(pieceScores, matched.scores, heads.length);
    pieceWeights = addToMean(pieceWeights, matched.weights, heads.length);
    if (of !== 'contribution' && of !== 'value') continue;
    const width = record.v.cols / record.heads;
    const v = columns(readMatrix(record.v), head * width, (head + 1) * width);
    const { weights } = matched;
    const ofHead =
      of === 'value'
        ? valueWeighted(record, head, { weights, v }, rows, cols)
        : contributionMatrix(weights, v, rows, cols);
    norms = addToMean(norms, ofHead, heads.length);
  }
  const { record } = heads[0];
  const masked = maskOf(record);
  const group = (pieces: Matrix, how: 'sum' | 'mean') => groupMatrix(pieces, rows, cols, how, masked);
  const scores = group(pieceScores!, 'mean');
  const grouped = group(pieceWeights!, 'sum');
  const leavesOut = leavesKeysOut(cols, record.k.rows);
  const weights = leavesOut ? renormalize(withZeros(grouped)) : withZeros(grouped);
  const values = (): Matrix => {
    if (of === 'score') return scores;
    if (of === 'weight') return withGaps(weights, grouped);
    if (norms) return withGaps(norms, grouped);
    const rollout = group(attentionRollout(pass, state.kind, state.layer), 'sum');
    return leavesOut ? withGaps(renormalize(withZeros(rollout)), rollout) : rollout;
  };
  return { of, pieceWeights: pieceWeights!, scores, weights, values: values() };
}

/**
 * Weights of every head of a state's layer, or their means over the layers, in rows and columns of the labels.
 * @returns [heads·rows·cols], 0 where masked
 */
export function headWeightsOf(
  pass: AttentionRecords,
  { kind, layer }: Pick<ViewState, 'kind' | 'layer'>,
  rows: readonly AxisLabel[],
  cols: readonly AxisLabel[],
): Float32Array {
  const cells = rows.length * cols.length;
  const { heads, k } = pass[kind][0];
  const leavesOut = leavesKeysOut(cols, k.rows);
  const all = new Float32Array(heads * cells);
  for (let head = 0; head < heads; head++) {
    const weights = groupMatrix(meanWeights(selectedHeads(pass[kind], { layer, head })), rows, cols, 'sum');
    all.set((leavesOut ? renormalize(weights) : weights).data, head * cells);
  }
  return all;
}

/**
 * The strongest cell whose row and column are no special tokens; the first of equals.
 * @param weights [rows, cols]    @returns undefined where there is no such cell with weight
 */
export function peakCell(
  weights: Matrix,
  rows: readonly Pick<AxisLabel, 'special'>[],
  cols: readonly Pick<AxisLabel, 'special'>[],
): { row: number; col: number; weight: number } | undefined {
  let peak: { row: number; col: number; weight: number } | undefined;
  for (let row = 0; row < weights.rows; row++) {
    if (rows[row].special) continue;
    for (let col = 0; col < weights.cols; col++) {
      const weight = weights.data[row * weights.cols + col];
      if (!cols[col].special && weight > (peak?.weight ?? 0)) peak = { row, col, weight };
    }
  }
  return peak;
}

/**
 * Whether keys are left out, so that each row of weights is divided by what remained: pieces of special tokens are never
 * part of another label. Where every key is left out there is nothing to divide.
 */
export function leavesKeysOut(cols: readonly Pick<AxisLabel, 'from' | 'to'>[], keys: number): boolean {
  return cols.length > 0 && cols.reduce((sum, { from, to }) => sum + to - from, 0) < keys;
}

/** Adds a head's share to the mean; of one head the mean is its own matrix. */
function addToMean(mean: Matrix | undefined, part: Matrix, count: number): Matrix {
  if (count === 1) return part;
  const sum = mean ?? matrix(part.rows, part.cols);
  for (let i = 0; i < sum.data.length; i++) sum.data[i] += part.data[i] / count;
  return sum;
}

/** 0 where masked; the matrix itself where nothing is. */
function withZeros(values: Matrix): Matrix {
  const { rows, cols, data } = values;
  if (!data.some(Number.isNaN)) return values;
  return matrix(
    rows,
    cols,
    data.map((value) => value || 0),
  );
}

/** NaN where `masked` has it; the matrix itself where it has none. */
function withGaps(values: Matrix, masked: Matrix): Matrix {
  if (!masked.data.some(Number.isNaN)) return values;
  const { rows, cols, data } = values;
  return matrix(
    rows,
    cols,
    data.map((value, i) => (Number.isNaN(masked.data[i]) ? Number.NaN : value)),
  );
}
