import { type Matrix, matrix } from './matrix.ts';
import { ShapeError } from './shape-error.ts';

/** a + b, [M, N]. @throws ShapeError when the shapes differ */
export function add(a: Matrix, b: Matrix): Matrix {
  if (a.rows !== b.rows || a.cols !== b.cols) {
    throw new ShapeError('add', `[${a.rows}, ${a.cols}]`, `[${b.rows}, ${b.cols}]`);
  }
  const out = matrix(a.rows, a.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = a.data[i] + b.data[i];
  return out;
}
