import { DistanceBias } from '../attention/distance-bias.ts';
import { matrix } from '../tensor/matrix.ts';
import type { RelativeBias } from './transformer/network.ts';

/**
 * T5's position bias: a learned number for each head and bucket of distances.
 * @param targets queries; the last one stands at the last key    @param sources keys
 * Source: Raffel et al. 2020; transformers, T5Attention._relative_position_bucket.
 */
export function relativeBias(bias: RelativeBias, targets: number, sources: number): DistanceBias {
  const heads = bias.table.cols;
  const values = matrix(heads, targets + sources - 1);
  for (let i = 0; i < values.cols; i++) {
    const row = bucket(bias, i - sources + 1);
    for (let h = 0; h < heads; h++) values.data[h * values.cols + i] = bias.table.data[row * heads + h];
  }
  return new DistanceBias(values, targets, sources);
}

/** @param distance key position − query position */
function bucket({ table, maxDistance, bidirectional }: RelativeBias, distance: number): number {
  let buckets = table.rows;
  let first = 0;
  let apart = distance;
  if (bidirectional) {
    buckets = Math.floor(buckets / 2);
    if (apart > 0) first = buckets;
    apart = Math.abs(apart);
  } else {
    apart = Math.max(0, -apart);
  }
  const exact = Math.floor(buckets / 2);
  if (apart < exact) return first + apart;
  // In 32 bits, as the reference has it: distances on a bucket's border fall on the same side.
  const ratio = Math.fround(Math.log(Math.fround(apart / exact)));
  const logarithmic = Math.fround(Math.fround(ratio / Math.log(maxDistance / exact)) * (buckets - exact));
  return first + Math.min(buckets - 1, exact + Math.floor(logarithmic));
}
