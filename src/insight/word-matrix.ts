import type { AxisLabel } from '../contract/view.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';

type Span = Pick<AxisLabel, 'from' | 'to'>;
/** Whether query t may not look at key s. */
type Masked = (t: number, s: number) => boolean;

/**
 * Merges the pieces of a matrix into rows and columns of labels. Rows are averaged; columns are summed (weights: what
 * goes to a word is what goes to all its pieces, so a row that summed to 1 still does) or averaged (scores).
 * A masked cell is left out; a block with nothing else is NaN.
 * @param pieces [T, S]
 * @param masked where left out, NaN marks a masked cell
 * @returns [rows, cols]
 */
export function groupMatrix(
  pieces: Matrix,
  rows: readonly Span[],
  cols: readonly Span[],
  how: 'sum' | 'mean',
  masked: Masked = (t, s) => Number.isNaN(pieces.data[t * pieces.cols + s]),
): Matrix {
  const grouped = matrix(rows.length, cols.length);
  rows.forEach((row, r) => {
    cols.forEach((col, c) => {
      grouped.data[r * cols.length + c] = block(pieces, row, col, how, masked);
    });
  });
  return grouped;
}

function block(pieces: Matrix, row: Span, col: Span, how: 'sum' | 'mean', masked: Masked): number {
  let sum = 0;
  let cells = 0;
  for (let t = row.from; t < row.to; t++) {
    for (let s = col.from; s < col.to; s++) {
      if (masked(t, s)) continue;
      sum += pieces.data[t * pieces.cols + s];
      cells++;
    }
  }
  if (cells === 0) return Number.NaN;
  return how === 'sum' ? sum / (row.to - row.from) : sum / cells;
}

/**
 * Divides each row of weights by its sum, as needed after columns were left out; a row without weight stays zero.
 * @param weights [T, S], ≥ 0    @returns [T, S], rows sum to 1 or 0
 */
export function renormalize(weights: Matrix): Matrix {
  const result = matrix(weights.rows, weights.cols);
  for (let t = 0; t < weights.rows; t++) {
    const row = weights.data.subarray(t * weights.cols, (t + 1) * weights.cols);
    let sum = 0;
    for (const weight of row) sum += weight;
    if (sum > 0)
      result.data.set(
        row.map((weight) => weight / sum),
        t * weights.cols,
      );
  }
  return result;
}
