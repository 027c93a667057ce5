import type { AlignmentLink, AxisLabel, ExplorationView } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { Matrix } from '../tensor/matrix.ts';

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
  links: readonly TokenLink[] | undefined,
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

type Mark = { readonly special: boolean };

/**
 * Hard alignment by argmax: each row that is no special token, linked to its strongest column that is none either; the
 * first of equals; a row without weight on any has no link.
 * @param weights [rows, cols]
 */
export function rowLinks(weights: Matrix, rows: readonly Mark[], cols: readonly Mark[]): AlignmentLink[] {
  return rows.flatMap(({ special }, row) => {
    if (special) return [];
    let best = -1;
    let most = 0;
    cols.forEach((label, col) => {
      const weight = weights.data[row * weights.cols + col];
      if (!label.special && weight > most) [best, most] = [col, weight];
    });
    return best === -1 ? [] : [{ row, col: best }];
  });
}

/** A piece of the source and a piece of the target that belong together, by index. */
export interface TokenLink {
  readonly source: number;
  readonly target: number;
}

/**
 * A view's alignment in Pharaoh format: `i-j` for each link, i a column (source), j a row (target), counted from 0 in
 * the unit of the state; special tokens do not count, shown or hidden. Ordered by i, then j; '' without links.
 * Source: Koehn's Pharaoh, the format of fast_align and Moses.
 */
export function pharaoh({ rows, cols, alignment }: Pick<ExplorationView, 'rows' | 'cols' | 'alignment'>): string {
  const [targets, sources] = [numbers(rows), numbers(cols)];
  return alignment
    .map(({ row, col }) => ({ i: sources[col], j: targets[row] }))
    .sort((a, b) => a.i - b.i || a.j - b.j)
    .map(({ i, j }) => `${i}-${j}`)
    .join(' ');
}

/** For each label the number of those before it that are no special tokens. */
function numbers(labels: readonly { readonly special: boolean }[]): number[] {
  let count = 0;
  return labels.map(({ special }) => (special ? count : count++));
}
