import { type Matrix, matrix } from './matrix.ts';
import { ShapeError } from './shape-error.ts';

/** Copy of columns [from, to) of m, [M, to − from]. @throws ShapeError when m has no such columns */
export function columns(m: Matrix, from: number, to: number): Matrix {
  if (from < 0 || to > m.cols || from > to) {
    throw new ShapeError('columns', `0 ≤ from ≤ to ≤ ${m.cols}`, `[${from}, ${to})`);
  }
  const width = to - from;
  const out = matrix(m.rows, width);
  for (let i = 0; i < m.rows; i++) out.data.set(m.data.subarray(i * m.cols + from, i * m.cols + to), i * width);
  return out;
}
