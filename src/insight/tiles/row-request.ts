import type { AxisLabel } from '../../contract/view.ts';

/** Some rows of a long matrix, and columns [from, to) of it, as pieces. */
export interface RowRequest {
  readonly rows: ArrayLike<number>;
  /** The pieces of the rows one after the other, and where those of each row begin, [rows + 1]. */
  readonly queries: Int32Array;
  readonly starts: Int32Array;
  readonly cols: Spans;
  readonly from: number;
  readonly to: number;
  /** Keys [first, first + width) are computed. */
  readonly first: number;
  readonly width: number;
  /** Rows and columns are single pieces, and the keys are the columns. */
  readonly plain: boolean;
}

/** @param keys how many there are, where all of them are computed; else those of the columns alone */
export function rowRequest(
  rows: ArrayLike<number>,
  spans: { readonly rows: Spans; readonly cols: Spans },
  from: number,
  to: number,
  keys: number | undefined,
): RowRequest {
  const starts = new Int32Array(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    starts[i + 1] = starts[i] + spans.rows.to[rows[i]] - spans.rows.from[rows[i]];
  }
  const queries = new Int32Array(starts[rows.length]);
  for (let i = 0; i < rows.length; i++) {
    for (let p = starts[i]; p < starts[i + 1]; p++) queries[p] = spans.rows.from[rows[i]] + p - starts[i];
  }
  const { cols } = spans;
  const first = keys === undefined ? cols.from[from] : 0;
  const width = keys ?? cols.to[to - 1] - first;
  return { rows, queries, starts, cols, from, to, first, width, plain: cols.plain && queries.length === rows.length };
}

/** The rows or columns of a long matrix: which pieces each stands for, without objects of their own. */
export interface Spans {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 1 at special tokens. */
  readonly special: Uint8Array;
  /** Each is the piece of its own number, and there are no other pieces. */
  readonly plain: boolean;
}

/** @param pieces how many there are, those of no label included */
export function spansOf(labels: readonly Pick<AxisLabel, 'from' | 'to' | 'special'>[], pieces: number): Spans {
  const plain = labels.length === pieces && labels.every(({ from, to }, i) => from === i && to === i + 1);
  return {
    count: labels.length,
    from: Int32Array.from(labels, ({ from }) => from),
    to: Int32Array.from(labels, ({ to }) => to),
    special: Uint8Array.from(labels, ({ special }) => (special ? 1 : 0)),
    plain,
  };
}
