import { headTrace } from '../attention/head-trace.ts';
import { clampView, runShape } from '../contract/state-bounds.ts';
import type { ExplorationView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import { alignmentLinks } from '../insight/alignment.ts';
import { axesOf, axisLabels, rowHolding } from '../insight/axes.ts';
import { meanEntropy, mostEntropy } from '../insight/head-measures.ts';
import { headFacts } from '../insight/overview.ts';
import { selectedHeads } from '../insight/state-selection.ts';
import { headWeightsOf, peakCell, shownMatrices } from '../insight/view-matrices.ts';
import { rows as rowsOf } from '../tensor/matrix.ts';
import { type LongRow, longRow, longStep, stepView } from './build-step.ts';
import { modelLinks } from './model-alignment.ts';
import { type KeptRun, overviewFor, overviewForInSteps } from './run-result.ts';
import { atlasInfo, displayedRow, needsAtlas } from './tiled-run.ts';
import { whatIfRun, whatIfView } from './what-if.ts';

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

const NONE = new Float32Array(0);

/**
 * What is shown of a run whose matrices are too large to be made: the row of the query alone, and what the atlas is
 * asked for. Labels are left out (labelledView makes them of the run's tokens); entropy and peak come with the
 * atlas's facts.
 * @param shown clamped to the run    @param changed the run with the state's what-if, where there is one
 */
function buildLongView(run: KeptRun, shown: ViewState, changed?: KeptRun): ExplorationView {
  const now = changed ?? run;
  const atlas = atlasInfo(run.summary, shown);
  const axes = axesOf(run.summary, shown.kind);
  const row = rowHolding(axes.rows.tokens, shown);
  const look = (one: KeptRun) => {
    const rows = selectedHeads(one.pass[shown.kind], shown).map(({ record, head }) =>
      longRow(record, head, shown.query),
    );
    const single = shown.layer !== 'mean' && shown.head !== 'mean' ? rows[0] : undefined;
    return { run: one, single, weights: mean(rows), context: single?.context.data.slice() ?? NONE };
  };
  const after = look(now);
  const before = changed && look(run);
  const { overview, facts } = headFacts(overviewFor(now, shown.kind), axes.cols.tokens);
  return {
    runId: run.summary.runId,
    state: shown,
    rows: [],
    cols: [],
    of: atlas.of,
    atlas,
    rowWeights: row < 0 ? NONE : displayedRow(now, shown, row),
    values: NONE,
    before: undefined,
    scores: NONE,
    weights: NONE,
    headWeights: undefined,
    alignment: [],
    renormalized: shown.special === 'hide' && axes.cols.tokens.some(({ special }) => special),
    row,
    facts: {
      entropy: undefined,
      maxEntropy: mostEntropy(selectedHeads(now.pass[shown.kind], shown)[0].record),
      peak: undefined,
      ...facts,
    },
    overview,
    step: after.single && longStep(now, shown, after.single, shown.whatIf?.mask),
    whatIf: before && whatIfView(before, after, shown),
  };
}

/** Weights of pieces, [S], averaged over the heads. */
function mean(rows: readonly LongRow[]): Float32Array {
  if (rows.length === 1) return rows[0].weights.slice();
  const out = new Float32Array(rows[0].weights.length);
  for (const { weights } of rows) for (let s = 0; s < out.length; s++) out[s] += weights[s] / rows.length;
  return out;
}

/**
 * Everything that is shown of a run in one state, with the forward passes that it asks for beyond the run's own: a
 * what-if, or the pair the other way round for the model's alignment. Both are kept with the run.
 * @param checkpoint awaited between layers; throws AbortError when nobody waits for the view any more
 */
export async function viewOf(
  run: KeptRun,
  state: ViewState,
  checkpoint: () => Promise<void> = async () => undefined,
): Promise<ExplorationView> {
  const shown = clampView(state, runShape(run.summary));
  if (shown.alignment === 'model' && shown.kind === 'cross') run.modelLinks ??= await modelLinks(run, checkpoint);
  const changed = await whatIfRun(run, shown, checkpoint);
  // Of a long run, heads are many rows' work: others get a word in between.
  const steps = overviewForInSteps(changed ?? run, shown.kind);
  while (!steps.next().done) await checkpoint();
  return buildView(run, shown, changed);
}
