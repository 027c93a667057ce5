import { runExport } from '../export/run-export.ts';
import type { KeptRun } from '../insight/kept-run.ts';
import type { RunExport } from '../protocol/run-export.ts';
import { modelLinks } from './model-links.ts';

/**
 * A run as plain data, with what its views would ask the model for: predictions, and the pair the other way round for
 * the model's alignment.
 * @throws ExplorerError 'export-too-large'; AbortError from `checkpoint`
 */
export async function exportRun(run: KeptRun, checkpoint: () => Promise<void>): Promise<RunExport> {
  run.modelLinks ??= await modelLinks(run, checkpoint);
  return runExport(run, checkpoint);
}
