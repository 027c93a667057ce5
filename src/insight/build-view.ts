import { headTrace } from '../attention/head-trace.ts';
import { clampView } from '../exploration/clamp-view.ts';
import { runShape } from '../exploration/run-shape.ts';
import type { ViewState } from '../exploration/view-state.ts';
import type { ExplorationView } from '../protocol/exploration-view.ts';
import { axesOf } from './axes-of.ts';
import { axisLabels } from './axis-labels.ts';
import { headFacts } from './head-facts.ts';
import { headWeightsOf } from './head-weights-of.ts';
import type { KeptRun } from './kept-run.ts';
import { maskOf } from './mask-of.ts';
import { meanEntropy } from './mean-entropy.ts';
import { mostEntropy } from './most-entropy.ts';
import { overviewFor } from './overview-for.ts';
import { peakCell } from './peak-cell.ts';
import { rowLinks } from './row-links.ts';
import { selectedHeads } from './selected-heads.ts';
import { shownMatrices } from './shown-matrices.ts';
import { stepView } from './step-view.ts';

/**
 * Everything that is shown of a run in one state. Arrays are fresh: they may be transferred away.
 * @param state whatever it says, it is clamped to what the run has; the view's own state says what is shown
 */
export function buildView(run: KeptRun, state: ViewState): ExplorationView {
  const shown = clampView(state, runShape(run.summary));
  const axes = axesOf(run.summary, shown.kind);
  const rows = axisLabels(axes.rows.tokens, axes.rows.text, shown.unit, shown.special);
  const cols = axisLabels(axes.cols.tokens, axes.cols.text, shown.unit, shown.special);
  const { pass } = run;
  const [first] = selectedHeads(pass[shown.kind], shown);
  const one = shown.layer !== 'mean' && shown.head !== 'mean';
  const trace = one ? headTrace(first.record, first.head) : undefined;
  const { of, pieceWeights, scores, weights, values, renormalized } = shownMatrices(pass, shown, rows, cols, trace);
  const { overview, facts } = headFacts(overviewFor(run, shown.kind), axes.cols.tokens);
  return {
    runId: run.summary.runId,
    state: shown,
    rows,
    cols,
    of,
    values: values.data,
    before: undefined,
    scores: scores.data,
    weights: weights.data,
    headWeights: shown.picture === 'lines' ? headWeightsOf(pass, shown, rows, cols, renormalized) : undefined,
    alignment: shown.alignment === 'off' ? [] : rowLinks(weights, rows, cols),
    renormalized,
    row: rows.findIndex(({ from, to }) => shown.query >= from && shown.query < to),
    facts: {
      entropy: meanEntropy(pieceWeights),
      maxEntropy: mostEntropy(pieceWeights, maskOf(first.record)),
      peak: peakCell(weights, rows, cols),
      ...facts,
    },
    overview,
    step: trace && stepView(run, shown, trace),
    whatIf: undefined,
  };
}
