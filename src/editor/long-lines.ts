import type { ExplorationView } from '../contract/view.ts';
import { type Line, lineOf, placeIn, type Side } from '../insight/attended-words.ts';
import type { ExplorationController } from './explorations/exploration.ts';

/**
 * The weights that a word of a long run has as a row and as a column, computed where they are not at hand.
 * @throws AbortError    @throws ExplorerError
 */
export async function longLines(
  controller: ExplorationController,
  view: ExplorationView,
  { side, offset }: { readonly side: Side; readonly offset: number },
  signal?: AbortSignal,
): Promise<Line> {
  const { row, col } = placeIn(view, side, offset);
  const asked = row < 0 ? undefined : (lineOf(view, 'row', row) ?? (await controller.line('row', row, signal)));
  const asking = col < 0 ? undefined : await controller.line('col', col, signal);
  return (axis) => (axis === 'row' ? asked : asking);
}
