import { clampView, runShape } from '../contract/state-bounds.ts';
import type { ExplorationView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import { overviewForInSteps } from '../insight/overview-for.ts';
import { buildView } from '../run/build-view.ts';
import { modelLinks } from '../run/model-alignment.ts';
import type { KeptRun } from '../run/run-result.ts';
import { whatIfRun } from '../run/what-if.ts';

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
