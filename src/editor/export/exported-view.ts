import { ExplorerError } from '../../contract/error.ts';
import type { RunSummary } from '../../contract/run.ts';
import { isLong, runShape } from '../../contract/state-bounds.ts';
import type { ExplorationView, WholeView } from '../../contract/view.ts';
import { isWhole } from '../../insight/axes.ts';
import type { ExplorationController } from '../explorations/exploration.ts';

export interface CurrentView {
  readonly view: ExplorationView;
  readonly run: RunSummary;
}

/**
 * What the panel of an exploration shows.
 * @throws ExplorerError 'export-picture' when it shows nothing
 */
export function currentViewOf({ view, run }: Pick<ExplorationController, 'view' | 'run'>): CurrentView {
  if (view && run && view.runId === run.runId) return { view, run };
  throw new ExplorerError('export-picture', 'Nothing is explored yet. Explore a pair, then export it.');
}

/** Does work with a run; one that the engine has forgotten over many others is run again, once. */
export async function withRun<T>(
  controller: ExplorationController,
  work: (seen: CurrentView) => Promise<T>,
): Promise<T> {
  try {
    return await work(currentViewOf(controller));
  } catch (error) {
    const forgotten = error instanceof ExplorerError && error.code === 'run-gone';
    if (!forgotten || !(await controller.runAgain({ state: controller.state }))) throw error;
    return work(currentViewOf(controller));
  }
}

/**
 * What is seen, for ways out that hold every cell of the matrix.
 * @throws ExplorerError 'export-too-large' where the run is so long that it is looked at in tiles
 */
export function wholeMatrix({ view, run }: CurrentView): CurrentView & { readonly view: WholeView } {
  if (isWhole(view)) return { view, run };
  const { rows, cols } = view;
  throw tooLong(rows.length, cols.length);
}

/** The same for a page, which has every kind of attention. */
export function wholeRun(seen: CurrentView): CurrentView {
  const shape = runShape(seen.run);
  const long = [shape.cross, shape.encoder, shape.decoder].find((kind) => kind.layers > 0 && isLong(kind));
  if (long) throw tooLong(long.rows.length, long.keys);
  return seen;
}

function tooLong(rows: number, cols: number): ExplorerError {
  return new ExplorerError(
    'export-too-large',
    'The matrix has {rows} × {cols} cells, too many for this format. Export the picture as PNG, or explore a shorter part of the text.',
    { rows, cols },
  );
}
