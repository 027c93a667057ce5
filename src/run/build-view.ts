import { HeadRows } from '../attention/head-rows.ts';
import { headTrace } from '../attention/head-trace.ts';
import { drainWithPauses } from '../base/scheduling.ts';
import { clampView, isLong, runShape } from '../contract/state-bounds.ts';
import type { ComputedView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import { alignmentLinks } from '../insight/alignment.ts';
import { axesOf, axisLabels, rowHolding } from '../insight/axes.ts';
import { meanEntropy, mostEntropy } from '../insight/head-measures.ts';
import { headExtremes } from '../insight/overview.ts';
import { selectedHeads } from '../insight/state-selection.ts';
import { headWeightsOf, peakCell, viewMatrices } from '../insight/view-matrices.ts';
import { rows as rowsOf } from '../tensor/matrix.ts';
import { buildStep, type QueryTrace, readQuery, strongestKeys, traceQuery } from './build-step.ts';
import { modelLinks } from './model-alignment.ts';
import { overviewFor, overviewForInSteps, type RunResult } from './run-result.ts';
import { displayedRow, tiledInfo } from './tiled-run.ts';
import { type QueryInRun, whatIfRun, whatIfView } from './what-if.ts';

/** What depends on whether the matrices are whole: the map, what is read off it, and the query before and after. */
interface MapParts extends Pick<ComputedView, 'of' | 'map' | 'alignment'> {
  readonly facts: Pick<ComputedView['facts'], 'entropy' | 'peak'>;
  readonly before: TracedQuery | undefined;
  readonly after: TracedQuery;
  /** Keys of the step where they are not all. */
  readonly keys?: readonly number[];
}

/** The query of a state in one run; its trace where the state shows one head. */
interface TracedQuery extends QueryInRun {
  readonly trace: QueryTrace | undefined;
}

/**
 * Everything that is shown of a run in one state, with the forward passes that it asks for beyond the run's own: a
 * what-if, or the pair the other way round for the model's alignment. Both are kept with the run.
 * @param checkpoint awaited between layers; throws AbortError when nobody waits for the view any more
 */
export async function viewOf(
  run: RunResult,
  state: ViewState,
  checkpoint: () => Promise<void> = async () => undefined,
): Promise<ComputedView> {
  const clamped = clampView(state, runShape(run.summary));
  if (clamped.alignment === 'model' && clamped.kind === 'cross') run.modelLinks ??= await modelLinks(run, checkpoint);
  const changed = await whatIfRun(run, clamped, checkpoint);
  // Heads of a long run are much work each: others get a turn in between.
  await drainWithPauses(overviewForInSteps(changed ?? run, clamped.kind), checkpoint);
  return viewAt(run, clamped, changed);
}

/**
 * The same of what is there already. Arrays are fresh: they may be transferred away.
 * @param state whatever it says, it is clamped to what the run has; the view's own state says what is shown
 * @param changed the run with the state's what-if; left out, there is none
 */
export function buildView(run: RunResult, state: ViewState, changed?: RunResult): ComputedView {
  return viewAt(run, clampView(state, runShape(run.summary)), changed);
}

function viewAt(run: RunResult, clamped: ViewState, changed: RunResult | undefined): ComputedView {
  const state = changed ? clamped : { ...clamped, whatIf: undefined };
  const now = changed ?? run;
  const { rows, cols } = axesOf(run.summary, state.kind);
  const row = rowHolding(rows.tokens, state);
  const long = isLong(runShape(run.summary)[state.kind]);
  const { before, after, keys, facts, ...parts } = long
    ? tiledParts(run, state, row, changed)
    : wholeParts(run, state, changed);
  const ofHeads = headExtremes(overviewFor(now, state.kind), cols.tokens);
  const maxEntropy = mostEntropy(selectedHeads(now.pass[state.kind], state)[0].record);
  return {
    runId: run.summary.runId,
    state,
    ...parts,
    renormalized: state.special === 'hide' && new Set(cols.tokens.map(({ special }) => special)).size === 2,
    row,
    facts: { entropy: facts.entropy, maxEntropy, peak: facts.peak, ...ofHeads.facts },
    overview: ofHeads.overview,
    step: after.trace && buildStep(now, state, after.trace, keys),
    whatIf: before && whatIfView(before, after, state),
  };
}

function wholeParts(run: RunResult, state: ViewState, changed: RunResult | undefined): MapParts {
  const axes = axesOf(run.summary, state.kind);
  const rows = axisLabels(axes.rows.tokens, axes.rows.text, state.unit, state.special);
  const cols = axisLabels(axes.cols.tokens, axes.cols.text, state.unit, state.special);
  const inRun = (one: RunResult) => {
    const [{ record, head }] = selectedHeads(one.pass[state.kind], state);
    const trace = isOfOneHead(state) ? headTrace(record, head) : undefined;
    const matrices = viewMatrices(one.pass, state, rows, cols, trace);
    const weights = rowsOf(matrices.pieceWeights, state.query, state.query + 1).data.slice();
    return { matrices, query: tracedQuery(one, weights, trace && readQuery(record, trace, state.query)) };
  };
  const now = inRun(changed ?? run);
  const before = changed && inRun(run);
  const { of, pieceWeights, scores, weights, values } = now.matrices;
  const { pass } = changed ?? run;
  return {
    of,
    map: {
      kind: 'whole',
      rows: rows.length,
      cols: cols.length,
      values: values.data,
      before: before?.matrices.values.data,
      scores: scores.data,
      weights: weights.data,
      headWeights: state.picture === 'lines' ? headWeightsOf(pass, state, rows, cols) : undefined,
    },
    alignment: alignmentLinks(state, run.modelLinks, weights, rows, cols),
    facts: { entropy: meanEntropy(pieceWeights), peak: peakCell(weights, rows, cols) },
    before: before?.query,
    after: now.query,
  };
}

/** Of a run whose matrices are too large to be made: the query alone, and what tiles are asked for by. */
function tiledParts(run: RunResult, state: ViewState, row: number, changed: RunResult | undefined): MapParts {
  const now = changed ?? run;
  const info = tiledInfo(run.summary, state);
  const inRun = (one: RunResult): TracedQuery => {
    const heads = selectedHeads(one.pass[state.kind], state);
    const trace = isOfOneHead(state) ? traceQuery(heads[0].record, heads[0].head, state.query) : undefined;
    return tracedQuery(one, trace?.weights ?? meanRow(heads, state.query), trace);
  };
  const after = inRun(now);
  return {
    of: info.of,
    map: { kind: 'tiled', info, rowWeights: row < 0 ? new Float32Array(0) : displayedRow(now, state, row) },
    alignment: [],
    facts: { entropy: undefined, peak: undefined },
    before: changed && inRun(run),
    after,
    keys: after.trace && strongestKeys(after.trace.weights, state.whatIf?.mask),
  };
}

function isOfOneHead({ layer, head }: ViewState): boolean {
  return layer !== 'mean' && head !== 'mean';
}

function tracedQuery(run: RunResult, weights: Float32Array, trace: QueryTrace | undefined): TracedQuery {
  return { run, weights, context: trace?.context ?? new Float32Array(0), trace };
}

/** Weights of pieces for one query, [S], averaged over the heads. */
function meanRow(heads: ReturnType<typeof selectedHeads>, query: number): Float32Array {
  const out = new Float32Array(heads[0].record.k.rows);
  for (const { record, head } of heads) {
    const { data } = new HeadRows(record, head, false).whole([query]).weights;
    for (let s = 0; s < out.length; s++) out[s] += data[s] / heads.length;
  }
  return out;
}
