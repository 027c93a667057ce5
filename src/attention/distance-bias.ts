import { type Matrix, matrix, ShapeError } from '../tensor/matrix.ts';
import type { RowBlock } from './mask.ts';

/**
 * Added to the scaled scores, by the distance of query and key alone (T5): all rows of a head are windows of one vector, so
 * that a row is there at no cost, and nothing of [H·T, S] ever is.
 */
export class DistanceBias {
  readonly heads: number;

  /**
   * @param values [H, T + S − 1]: of key s under query t at column s + T − 1 − t
   * @throws ShapeError when `values` is of another width
   */
  constructor(
    readonly values: Matrix,
    readonly targets: number,
    readonly sources: number,
  ) {
    const width = targets + sources - 1;
    if (values.cols !== width)
      throw new ShapeError('DistanceBias', `[H, ${width}]`, `[${values.rows}, ${values.cols}]`);
    this.heads = values.rows;
  }

  /** Column of `values` that query t has for the first key; each later query one before. */
  begin(t: number): number {
    return this.targets - 1 - t;
  }

  /** What is added for query t in that head, [S]; not to be changed. */
  row(head: number, t: number): Float32Array {
    const from = head * this.values.cols + this.begin(t);
    return this.values.data.subarray(from, from + this.sources);
  }
}

/** The bias of one head for some queries and the first of the keys, [to − from, keys]. */
export function biasRows(bias: DistanceBias, head: number, { from, to, keys }: RowBlock): Matrix {
  const out = matrix(to - from, keys);
  for (let t = from; t < to; t++) out.data.set(bias.row(head, t).subarray(0, keys), (t - from) * keys);
  return out;
}
