import type { Matrix } from '../../tensor/matrix.ts';
import { ShapeError } from '../../tensor/shape-error.ts';

/** @throws ShapeError unless q and k are equally wide and k and v equally long */
export function checkShapes(where: string, q: Matrix, k: Matrix, v: Matrix): void {
  if (q.cols !== k.cols) throw new ShapeError(where, `keys of width ${q.cols}`, `width ${k.cols}`);
  if (k.rows !== v.rows) throw new ShapeError(where, `${k.rows} values`, `${v.rows} values`);
}
