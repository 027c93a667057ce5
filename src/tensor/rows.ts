import { type Matrix, matrix } from './matrix.ts';
import { ShapeError } from './shape-error.ts';

/** Rows [from, to) of m as a view on the same memory, [to − from, N]. @throws ShapeError when m has no such rows */
export function rows(m: Matrix, from: number, to: number): Matrix {
  if (from < 0 || to > m.rows || from > to)
    throw new ShapeError('rows', `0 ≤ from ≤ to ≤ ${m.rows}`, `[${from}, ${to})`);
  return matrix(to - from, m.cols, m.data.subarray(from * m.cols, to * m.cols));
}
