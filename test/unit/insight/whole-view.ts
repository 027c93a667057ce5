import type { RunSummary } from '../../../src/contract/run.ts';
import type { ComputedView, WholeMap, WholeView } from '../../../src/contract/view.ts';
import type { ViewState } from '../../../src/contract/view-state.ts';
import { isWhole, labelledView } from '../../../src/insight/axes.ts';
import { buildView, viewOf } from '../../../src/run/build-view.ts';
import type { RunResult } from '../../../src/run/run-result.ts';

/** A view as the window shows it, with its matrices beside the other fields. */
export type ViewWithMatrices = WholeView & Omit<WholeMap, 'kind' | 'rows' | 'cols'>;

export function withMatrices(view: ComputedView, summary: RunSummary): ViewWithMatrices {
  const labelled = labelledView(view, summary);
  if (!isWhole(labelled)) throw new Error('This view is tiled.');
  return { ...labelled.map, ...labelled };
}

/** buildView of a run that is short. */
export function wholeView(run: RunResult, state: ViewState, changed?: RunResult): ViewWithMatrices {
  return withMatrices(buildView(run, state, changed), run.summary);
}

/** viewOf of a run that is short. */
export async function wholeViewOf(
  run: RunResult,
  state: ViewState,
  checkpoint?: () => Promise<void>,
): Promise<ViewWithMatrices> {
  return withMatrices(await viewOf(run, state, checkpoint), run.summary);
}
