import type { AlignmentLink, AxisLabel } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { Matrix } from '../tensor/matrix.ts';
import type { PieceLink } from './piece-link.ts';
import { rowLinks } from './row-links.ts';

/**
 * Links of the state's alignment, in rows and columns of the labels.
 *
 * - argmax: each row and its strongest column, of the weights that are shown, whatever the kind
 * - model: source and target aligned as the model's card found best, so in cross-attention alone, and the same for every
 *   layer and head; two words are linked where two of their pieces are. A model that names no way has argmax.
 *
 * @param links the model's own alignment in pieces; undefined where the model names none
 */
export function alignmentLinks(
  { alignment, kind }: Pick<ViewState, 'alignment' | 'kind'>,
  links: readonly PieceLink[] | undefined,
  weights: Matrix,
  rows: readonly AxisLabel[],
  cols: readonly AxisLabel[],
): AlignmentLink[] {
  if (alignment === 'off') return [];
  if (alignment === 'argmax' || links === undefined) return rowLinks(weights, rows, cols);
  if (kind !== 'cross') return [];
  return rows.flatMap((target, row) => {
    const here = links.filter((link) => link.target >= target.from && link.target < target.to);
    return cols.flatMap(({ from, to }, col) =>
      here.some(({ source }) => source >= from && source < to) ? [{ row, col }] : [],
    );
  });
}
