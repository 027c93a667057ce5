import { finish } from '../base/scheduling.ts';
import type { AttentionKind } from '../contract/view-state.ts';
import type { KeptRun } from '../run/run-result.ts';
import { axesOf } from './axes.ts';
import { type OverviewWithSinks, overviewInSteps } from './overview.ts';

/** The overview of a run, computed once a kind and kept with it: what is handed out has to be a copy. */
export function overviewFor(run: KeptRun, kind: AttentionKind): OverviewWithSinks {
  return finish(overviewForInSteps(run, kind));
}

/** The same with a pause after each head. */
export function* overviewForInSteps(
  run: KeptRun,
  kind: AttentionKind,
): Generator<undefined, OverviewWithSinks, undefined> {
  let overview = run.overviews.get(kind);
  if (!overview) {
    const { rows, cols } = axesOf(run.summary, kind);
    const axes = { rows: rows.tokens, cols: cols.tokens, self: kind !== 'cross' };
    run.overviews.set(kind, (overview = yield* overviewInSteps(run.pass[kind], axes)));
  }
  return overview;
}
