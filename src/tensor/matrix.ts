import { ShapeError } from './shape-error.ts';

/** A dense row-major matrix of 32-bit floats. `data.length === rows * cols`. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: Float32Array;
}

/**
 * @param rows number of rows    @param cols number of columns    @param data values, row-major; zeros when left out
 * @throws ShapeError when `data` does not hold rows·cols values
 */
export function matrix(rows: number, cols: number, data: Float32Array = new Float32Array(rows * cols)): Matrix {
  if (data.length !== rows * cols) {
    throw new ShapeError('matrix', `${rows}×${cols} = ${rows * cols} values`, `${data.length} values`);
  }
  return { rows, cols, data };
}
