import type { ExplorationView } from '../../src/contract/view.ts';
import { css } from '../color/palette.ts';
import { theme } from '../color/theme.ts';
import { dimmed } from './cell-color.ts';
import { cellName } from './cell-description.ts';
import { isLinked } from './cell-notes.ts';
import type { ValueScale } from './value-scale.ts';

/** What a cell was given last. */
interface Dress {
  readonly name: string;
  readonly look: string;
  readonly paint: string;
}

/**
 * Gives cells their names and colours, those alone that are others than before. By hand: as parts of a template, nine
 * for each of hundreds of cells, they would all be compared at every step.
 * @param cells row by row    @param last kept between calls, for the same cells
 */
export function dressCells(
  cells: ArrayLike<HTMLElement>,
  view: ExplorationView,
  scale: ValueScale,
  last: (Dress | undefined)[],
): void {
  const { palette } = theme;
  const { rows, cols, values } = view;
  const dim = view.state.special === 'dim';
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at]!;
    const [row, col] = [Math.floor(at / cols.length), at % cols.length];
    const value = values[at]!;
    const masked = Number.isNaN(value);
    let paint = '';
    if (!masked) {
      const color = scale.color(value, palette);
      paint = css(dim && (rows[row]!.special || cols[col]!.special) ? dimmed(color, palette) : color);
    }
    const look = `cell${masked ? ' masked' : ''}${isLinked(view, { row, col }) ? ' linked' : ''}`;
    const name = cellName(view, { row, col });
    const before = last[at];
    if (before?.name !== name) cell.setAttribute('aria-label', name);
    if (before?.look !== look) cell.className = look;
    if (before?.paint !== paint) cell.style.backgroundColor = paint;
    if (before?.name !== name || before.look !== look || before.paint !== paint) last[at] = { name, look, paint };
  }
}
