/** A dense row-major matrix of 32-bit floats. `data.length === rows * cols`. */
export interface Matrix {
  /** Left out: values that are stored or computed in another way say so here (HalfMatrix, DeferredMatrix). */
  readonly kind?: undefined;
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

/** Two shapes that had to agree do not. Says where, what was expected and what was found. */
export class ShapeError extends Error {
  constructor(
    readonly where: string,
    readonly expected: string,
    readonly got: string,
  ) {
    super(`${where}: expected ${expected}, got ${got}`);
    this.name = 'ShapeError';
  }
}

/** Rows [from, to) of m as a view on the same memory, [to − from, N]. @throws ShapeError when m has no such rows */
export function rows(m: Matrix, from: number, to: number): Matrix {
  if (from < 0 || to > m.rows || from > to)
    throw new ShapeError('rows', `0 ≤ from ≤ to ≤ ${m.rows}`, `[${from}, ${to})`);
  return matrix(to - from, m.cols, m.data.subarray(from * m.cols, to * m.cols));
}

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

/** mᵀ: [M, N] → [N, M]. */
export function transpose(m: Matrix): Matrix {
  const out = matrix(m.cols, m.rows);
  for (let i = 0; i < m.rows; i++) {
    for (let j = 0; j < m.cols; j++) out.data[j * m.rows + i] = m.data[i * m.cols + j];
  }
  return out;
}

/** a + b, [M, N]. @throws ShapeError when the shapes differ */
export function add(a: Matrix, b: Matrix): Matrix {
  if (a.rows !== b.rows || a.cols !== b.cols) {
    throw new ShapeError('add', `[${a.rows}, ${a.cols}]`, `[${b.rows}, ${b.cols}]`);
  }
  const out = matrix(a.rows, a.cols);
  for (let i = 0; i < out.data.length; i++) out.data[i] = a.data[i] + b.data[i];
  return out;
}

/** Adds a row vector [N] to every row of m [M, N], in place. */
export function addRow(m: Matrix, row: Float32Array): void {
  if (row.length !== m.cols) throw new ShapeError('addRow', `[${m.cols}]`, `[${row.length}]`);
  for (let i = 0; i < m.rows; i++) {
    const at = i * m.cols;
    for (let j = 0; j < m.cols; j++) m.data[at + j] += row[j];
  }
}
