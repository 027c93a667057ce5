import { ExplorerError } from '../../contract/error.ts';
import type { RunSummary } from '../../contract/run.ts';
import type { ExplorationView } from '../../contract/view.ts';
import type { ExplorationController } from '../exploration-controller.ts';

export interface Seen {
  readonly view: ExplorationView;
  readonly run: RunSummary;
}

/**
 * What the panel of an exploration shows.
 * @throws ExplorerError 'export-picture' when it shows nothing
 */
export function seenOf({ view, run }: Pick<ExplorationController, 'view' | 'run'>): Seen {
  if (view && run && view.runId === run.runId) return { view, run };
  throw new ExplorerError('export-picture', 'Nothing is explored yet. Explore a pair, then export it.');
}

/** Does work with a run; one that the engine has forgotten over many others is run again, once. */
export async function withRun<T>(controller: ExplorationController, work: (seen: Seen) => Promise<T>): Promise<T> {
  try {
    return await work(seenOf(controller));
  } catch (error) {
    const forgotten = error instanceof ExplorerError && error.code === 'run-gone';
    if (!forgotten || !(await controller.runAgain({ state: controller.state }))) throw error;
    return work(seenOf(controller));
  }
}
