import { clampView } from '../exploration/clamp-view.ts';
import { runShape } from '../exploration/run-shape.ts';
import type { Phase, ViewState } from '../exploration/view-state.ts';
import type { ExplorationView, MatrixOf } from '../protocol/exploration-view.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import { axesOf } from './axes-of.ts';
import { axisLabels } from './axis-labels.ts';
import type { KeptRun } from './kept-run.ts';
import { maskOf } from './mask-of.ts';
import { meanEntropy } from './mean-entropy.ts';
import { overviewFor } from './overview-for.ts';
import { peakCell } from './peak-cell.ts';
import { renormalize } from './renormalize.ts';
import { selectedHeads } from './selected-heads.ts';
import { sharpestHead } from './sharpest-head.ts';
import { shownMatrices } from './shown-matrices.ts';
import { stepView } from './step-view.ts';

const MATRIX_OF: Readonly<Record<Phase, MatrixOf>> = { query: 'score', match: 'weight', combine: 'contribution' };

/**
 * Everything that is shown of a run in one state. Arrays are fresh: they may be transferred away.
 * @param state whatever it says, it is clamped to what the run has; the view's own state says what is shown
 */
export function buildView(run: KeptRun, state: ViewState): ExplorationView {
  const shown = clampView(state, runShape(run.summary));
  const axes = axesOf(run.summary, shown.kind);
  const rows = axisLabels(axes.rows.tokens, axes.rows.text, shown.unit, shown.special);
  const cols = axisLabels(axes.cols.tokens, axes.cols.text, shown.unit, shown.special);
  const heads = selectedHeads(run.pass[shown.kind], shown);
  const { pieceWeights, scores, weights: marked, contributions } = shownMatrices(heads, rows, cols);

  const full = matrix(
    marked.rows,
    marked.cols,
    marked.data.map((weight) => weight || 0),
  );
  // Only what left out a column needs it: pieces of special tokens are never part of another label.
  const renormalized = cols.length > 0 && cols.reduce((sum, { from, to }) => sum + to - from, 0) < pieceWeights.cols;
  const weights = renormalized ? renormalize(full) : full;
  const of = MATRIX_OF[shown.phase];
  const weightValues = weights.data.map((weight, i) => (Number.isNaN(marked.data[i]) ? Number.NaN : weight));
  const values = { score: scores.data.slice(), weight: weightValues, contribution: contributions.data }[of];
  const overview = overviewFor(run, shown.kind);
  return {
    runId: run.summary.runId,
    state: shown,
    rows,
    cols,
    of,
    values,
    scores: scores.data,
    weights: weights.data,
    renormalized,
    row: rows.findIndex(({ from, to }) => shown.query >= from && shown.query < to),
    facts: {
      entropy: meanEntropy(pieceWeights),
      maxEntropy: mostEntropy(pieceWeights, maskOf(heads[0].record)),
      peak: peakCell(weights, rows, cols),
      sharpest: sharpestHead(overview),
    },
    overview,
    step: stepView(run, shown),
  };
}

/** Mean over the rows of ln(keys that the row may look at): ln S without a mask. */
function mostEntropy(weights: Matrix, masked: (t: number, s: number) => boolean): number {
  let sum = 0;
  for (let t = 0; t < weights.rows; t++) {
    let keys = 0;
    for (let s = 0; s < weights.cols; s++) if (!masked(t, s)) keys++;
    sum += Math.log(Math.max(1, keys));
  }
  return weights.rows === 0 ? 0 : sum / weights.rows;
}
