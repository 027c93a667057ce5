import { DistanceBias } from '../../attention/distance-bias.ts';
import { drain } from '../../base/scheduling.ts';
import { activate } from '../../tensor/activation.ts';
import { linear } from '../../tensor/linear.ts';
import { add, type Matrix, matrix, rows } from '../../tensor/matrix.ts';
import { normalize } from '../../tensor/normalize.ts';
import type { Norm } from '../../tensor/parameters.ts';
import type { FeedForward, RelativeBias, Stack } from './network.ts';

/** Hidden values that are held at once: 16 MiB. */
const MOST = 2 ** 22;

/** @param x [T, D]    @returns [T, D] */
export function feedForward(x: Matrix, network: FeedForward): Matrix {
  return drain(feedForwardInBlocks(x, network));
}

/** The same by blocks of rows, so that the hidden values of a long text are never there as a whole; with a pause after each. */
export function* feedForwardInBlocks(x: Matrix, network: FeedForward): Generator<undefined, Matrix, undefined> {
  const count = Math.max(1, Math.floor(MOST / network.inner.weight.rows));
  if (x.rows <= count) return ofRows(x, network);
  const out = matrix(x.rows, network.outer.weight.rows);
  for (let from = 0; from < x.rows; from += count) {
    out.data.set(ofRows(rows(x, from, Math.min(x.rows, from + count)), network).data, from * out.cols);
    yield;
  }
  return out;
}

function ofRows(x: Matrix, { activation, inner, gate, outer }: FeedForward): Matrix {
  const hidden = activate(linear(x, inner), activation);
  if (gate !== undefined) {
    const open = linear(x, gate).data;
    for (let i = 0; i < open.length; i++) hidden.data[i] *= open[i];
  }
  return linear(hidden, outer);
}

/** What a sublayer f reads of the state x: x + f(norm(x)), or norm(x + f(x)) where the stack normalizes after it. */
export function sublayerInput({ normBefore }: Stack, x: Matrix, norm: Norm): Matrix {
  return normBefore ? normalize(x, norm) : x;
}

/** The state after a sublayer, from the state x before it and what it made of `sublayerInput`. */
export function addResidual({ normBefore }: Stack, x: Matrix, norm: Norm, output: Matrix): Matrix {
  return normBefore ? add(x, output) : normalize(add(x, output), norm);
}

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
