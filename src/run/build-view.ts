import { headTrace } from '../attention/head-trace.ts';
import { clampView, runShape } from '../contract/state-bounds.ts';
import type { ExplorationView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import { alignmentLinks } from '../insight/alignment.ts';
import { needsAtlas } from '../insight/atlas/needs-atlas.ts';
import { axesOf } from '../insight/axes.ts';
import { axisLabels } from '../insight/axis-labels.ts';
import { buildLongView } from '../insight/build-long-view.ts';
import { headFacts } from '../insight/head-facts.ts';
import { headWeightsOf } from '../insight/head-weights-of.ts';
import { meanEntropy } from '../insight/mean-entropy.ts';
import { mostEntropy } from '../insight/most-entropy.ts';
import { overviewFor } from '../insight/overview-for.ts';
import { peakCell } from '../insight/peak-cell.ts';
import { selectedHeads } from '../insight/state-selection.ts';
import { shownMatrices } from '../insight/view-matrices.ts';
import { whatIfView } from '../insight/what-if-view.ts';
import { rows as rowsOf } from '../tensor/matrix.ts';
import { stepView } from './build-step.ts';
import type { KeptRun } from './run-result.ts';

/**
 * Everything that is shown of a run in one state. Arrays are fresh: they may be transferred away. What takes a forward
 * pass of its own (a what-if, the model's alignment) has to be there already: see engine/view-of.ts.
 * @param state whatever it says, it is clamped to what the run has; the view's own state says what is shown
 * @param changed the run with the state's what-if; left out, there is none
 */
export function buildView(run: KeptRun, state: ViewState, changed?: KeptRun): ExplorationView {
  const clamped = clampView(state, runShape(run.summary));
  const shown = changed ? clamped : { ...clamped, whatIf: undefined };
  if (needsAtlas(runShape(run.summary), shown)) return buildLongView(run, shown, changed);
  const axes = axesOf(run.summary, shown.kind);
  const rows = axisLabels(axes.rows.tokens, axes.rows.text, shown.unit, shown.special);
  const cols = axisLabels(axes.cols.tokens, axes.cols.text, shown.unit, shown.special);
  const look = (one: KeptRun) => {
    const [{ record, head }] = selectedHeads(one.pass[shown.kind], shown);
    const trace = shown.layer !== 'mean' && shown.head !== 'mean' ? headTrace(record, head) : undefined;
    return { run: one, trace, matrices: shownMatrices(one.pass, shown, rows, cols, trace) };
  };
  const ofQuery = ({ run, trace, matrices }: ReturnType<typeof look>) => ({
    run,
    weights: rowsOf(matrices.pieceWeights, shown.query, shown.query + 1).data.slice(),
    context: trace ? rowsOf(trace.context, shown.query, shown.query + 1).data.slice() : new Float32Array(0),
  });
  const now = look(changed ?? run);
  const before = changed && look(run);
  const { of, pieceWeights, scores, weights, values, renormalized } = now.matrices;
  const { overview, facts } = headFacts(overviewFor(now.run, shown.kind), axes.cols.tokens);
  return {
    runId: run.summary.runId,
    state: shown,
    rows,
    cols,
    of,
    values: values.data,
    before: before?.matrices.values.data,
    scores: scores.data,
    weights: weights.data,
    headWeights: shown.picture === 'lines' ? headWeightsOf(now.run.pass, shown, rows, cols, renormalized) : undefined,
    alignment: alignmentLinks(shown, run.modelLinks, weights, rows, cols),
    renormalized,
    row: rows.findIndex(({ from, to }) => shown.query >= from && shown.query < to),
    facts: {
      entropy: meanEntropy(pieceWeights),
      maxEntropy: mostEntropy(selectedHeads(now.run.pass[shown.kind], shown)[0].record),
      peak: peakCell(weights, rows, cols),
      ...facts,
    },
    overview,
    step: now.trace && stepView(now.run, shown, now.trace),
    whatIf: before && whatIfView(ofQuery(before), ofQuery(now), shown),
  };
}
