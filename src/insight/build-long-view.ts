import type { ExplorationView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { KeptRun } from '../run/run-result.ts';
import { displayedRow } from '../run/tiled-run.ts';
import { atlasInfo } from './atlas/atlas-info.ts';
import { axesOf } from './axes.ts';
import { rowHolding } from './axis-labels.ts';
import { headFacts } from './head-facts.ts';
import { type LongRow, longRow } from './long-row.ts';
import { longStep } from './long-step.ts';
import { mostEntropy } from './most-entropy.ts';
import { overviewFor } from './overview-for.ts';
import { selectedHeads } from './state-selection.ts';
import { whatIfView } from './what-if-view.ts';

const NONE = new Float32Array(0);

/**
 * What is shown of a run whose matrices are too large to be made: the row of the query alone, and what the atlas is
 * asked for. Labels are left out (labelledView makes them of the run's tokens); entropy and peak come with the
 * atlas's facts.
 * @param shown clamped to the run    @param changed the run with the state's what-if, where there is one
 */
export function buildLongView(run: KeptRun, shown: ViewState, changed?: KeptRun): ExplorationView {
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
