import type { RunExport } from '../contract/run-snapshot.ts';
import { clampView, runShape } from '../contract/state-bounds.ts';
import type { ViewState } from '../contract/view-state.ts';
import { modelLinks } from '../run/model-alignment.ts';
import { runExport } from '../run/run-export.ts';
import type { KeptRun } from '../run/run-result.ts';
import { whatIfRun } from '../run/what-if.ts';

/**
 * A run as plain data, with what its views would ask the model for: predictions, the pair the other way round for the
 * model's alignment, and the pass with the what-if of a state.
 * @throws ExplorerError 'export-too-large'; AbortError from `checkpoint`
 */
export async function exportRun(run: KeptRun, state: ViewState, checkpoint: () => Promise<void>): Promise<RunExport> {
  run.modelLinks ??= await modelLinks(run, checkpoint);
  const shown = clampView(state, runShape(run.summary));
  const changed = await whatIfRun(run, shown, checkpoint);
  return runExport(run, changed && { run: changed, state: shown }, checkpoint);
}
