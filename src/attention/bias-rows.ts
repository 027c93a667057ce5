import { type Matrix, matrix } from '../tensor/matrix.ts';
import type { DistanceBias } from './distance-bias.ts';
import type { RowBlock } from './mask.ts';

/** The bias of one head for some queries and the first of the keys, [to − from, keys]. */
export function biasRows(bias: DistanceBias, head: number, { from, to, keys }: RowBlock): Matrix {
  const out = matrix(to - from, keys);
  for (let t = from; t < to; t++) out.data.set(bias.row(head, t).subarray(0, keys), (t - from) * keys);
  return out;
}
