import { type HeadTrace, headTrace } from '../attention/head-trace.ts';
import type { MatrixOf } from '../contract/choices.ts';
import type { AxisLabel } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { ForwardPass } from '../model/model.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import { attentionRollout } from './attention-rollout.ts';
import { contributionMatrix, valueWeighted } from './contributions.ts';
import { MATRIX_OF, maskOf, meanWeights, selectedHeads } from './state-selection.ts';
import { groupMatrix, renormalize } from './word-matrix.ts';

export interface ShownMatrices {
  readonly of: MatrixOf;
  /** Means over the heads, in pieces, [T, S]: weights with 0 where masked. */
  readonly pieceWeights: Matrix;
  /** In rows and columns of the labels: scores with NaN where masked, weights with 0. */
  readonly scores: Matrix;
  readonly weights: Matrix;
  /** What the state asks for, NaN where masked. */
  readonly values: Matrix;
  /** Columns were left out, and each row of weights (or of rollout) divided by what remained. */
  readonly renormalized: boolean;
}

/**
 * The matrices that a state shows of a pass: of one head, or averaged over several.
 * @param trace of the state's head, where it is one and its trace is at hand
 */
export function shownMatrices(
  pass: ForwardPass,
  state: ViewState,
  rows: readonly AxisLabel[],
  cols: readonly AxisLabel[],
  trace?: HeadTrace,
): ShownMatrices {
  const heads = selectedHeads(pass[state.kind], state);
  const { q, k } = heads[0].record;
  const of = state.matrix === 'attention' ? MATRIX_OF[state.phase] : state.matrix;
  const scores = matrix(q.rows, k.rows);
  const pieceWeights = matrix(q.rows, k.rows);
  const brought = matrix(rows.length, cols.length);
  for (const { record, head } of heads) {
    const traced = trace ?? headTrace(record, head);
    addShare(scores, traced.scores, heads.length);
    addShare(pieceWeights, traced.weights, heads.length);
    if (of === 'contribution')
      addShare(brought, contributionMatrix(traced.weights, traced.v, rows, cols), heads.length);
    if (of === 'value') addShare(brought, valueWeighted(record, head, traced, rows, cols), heads.length);
  }
  const masked = maskOf(heads[0].record);
  const marked = groupMatrix(withHoles(pieceWeights, masked), rows, cols, 'sum');
  const groupedScores = groupMatrix(withHoles(scores, masked), rows, cols, 'mean');

  // Only what left out a column needs it: pieces of special tokens are never part of another label.
  const renormalized = cols.length > 0 && cols.reduce((sum, { from, to }) => sum + to - from, 0) < k.rows;
  const shares = (parts: Matrix) => (renormalized ? renormalize(withoutHoles(parts)) : withoutHoles(parts));
  const weights = shares(marked);
  const values = (): Matrix => {
    if (of === 'score') return matrix(rows.length, cols.length, groupedScores.data.slice());
    if (of === 'weight') return holesOf(weights, marked);
    if (of !== 'rollout') return holesOf(brought, marked);
    const later = maskOf(heads[0].record);
    const rolled = groupMatrix(withHoles(attentionRollout(pass, state.kind, state.layer), later), rows, cols, 'sum');
    return holesOf(shares(rolled), rolled);
  };
  return { of, pieceWeights, scores: groupedScores, weights, values: values(), renormalized };
}

function addShare(sum: Matrix, part: Matrix, count: number): void {
  for (let i = 0; i < sum.data.length; i++) sum.data[i] += part.data[i] / count;
}

/** A copy with NaN where masked. */
function withHoles({ rows, cols, data }: Matrix, masked: (t: number, s: number) => boolean): Matrix {
  return matrix(
    rows,
    cols,
    data.map((value, i) => (masked(Math.floor(i / cols), i % cols) ? Number.NaN : value)),
  );
}

function withoutHoles({ rows, cols, data }: Matrix): Matrix {
  return matrix(
    rows,
    cols,
    data.map((value) => value || 0),
  );
}

/** A copy of `values` with NaN where `marked` has it. */
function holesOf({ rows, cols, data }: Matrix, marked: Matrix): Matrix {
  return matrix(
    rows,
    cols,
    data.map((value, i) => (Number.isNaN(marked.data[i]) ? Number.NaN : value)),
  );
}

/**
 * Weights of every head of a state's layer, or their means over the layers, in rows and columns of the labels.
 * @param renormalized whether rows are divided by what the columns that are left have of them
 * @returns [heads·rows·cols], 0 where masked
 */
export function headWeightsOf(
  pass: ForwardPass,
  { kind, layer }: Pick<ViewState, 'kind' | 'layer'>,
  rows: readonly AxisLabel[],
  cols: readonly AxisLabel[],
  renormalized: boolean,
): Float32Array {
  const cells = rows.length * cols.length;
  const { heads } = pass[kind][0];
  const all = new Float32Array(heads * cells);
  for (let head = 0; head < heads; head++) {
    const weights = groupMatrix(meanWeights(selectedHeads(pass[kind], { layer, head })), rows, cols, 'sum');
    all.set((renormalized ? renormalize(weights) : weights).data, head * cells);
  }
  return all;
}

type Mark = Pick<AxisLabel, 'special'>;

/**
 * The strongest cell whose row and column are no special tokens; the first of equals.
 * @param weights [rows, cols]    @returns undefined where there is no such cell with weight
 */
export function peakCell(
  weights: Matrix,
  rows: readonly Mark[],
  cols: readonly Mark[],
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
