import { finish } from '../../base/scheduling.ts';
import { activate } from '../../tensor/activation.ts';
import { linear } from '../../tensor/linear.ts';
import { type Matrix, matrix, rows } from '../../tensor/matrix.ts';
import type { FeedForward } from './network.ts';

/** Hidden values that are held at once: 16 MiB. */
const MOST = 2 ** 22;

/** @param x [T, D]    @returns [T, D] */
export function feedForward(x: Matrix, network: FeedForward): Matrix {
  return finish(feedForwardInBlocks(x, network));
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
