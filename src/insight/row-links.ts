import type { AlignmentLink } from '../contract/view.ts';
import type { Matrix } from '../tensor/matrix.ts';

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
