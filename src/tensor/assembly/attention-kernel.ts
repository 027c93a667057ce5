import { packPlain, packTransposed } from './panel-packing.ts';
import { product } from './product-kernel.ts';
import { softmaxRow } from './softmax-kernel.ts';

/** Queries of a tile: their weights stay in the cache from match to combine. A multiple of 4. */
const TILE: i32 = 24;

/**
 * Match and combine of one head: softmax(q·kᵀ·scale + mask + bias)·v.
 * @param q [t, dk]    @param k [s, dk]    @param v [s, dv], rows qStride, kvStride values apart
 * @param mask [t, s] or 0    @param bias [s] of the first query, or 0; that of each next begins one value before
 * @param room for k and v as panels, [⌈s/8⌉·8·dk + ⌈dv/8⌉·8·s]
 * @param weights [t, s] where they are kept, else room for [min(t, 24), s]
 * @param context [t, dv], rows cStride values apart
 */
export function attend(
  q: usize,
  qStride: usize,
  k: usize,
  kStride: usize,
  v: usize,
  vStride: usize,
  t: i32,
  s: i32,
  dk: i32,
  dv: i32,
  scale: f32,
  mask: usize,
  bias: usize,
  room: usize,
  weights: usize,
  keep: bool,
  zeros: usize,
  edge: usize,
  context: usize,
  cStride: usize,
): void {
  const values = room + <usize>(((s + 7) & ~7) * dk) * 4;
  packTransposed(k, kStride, s, dk, room);
  packPlain(v, vStride, s, dv, values);
  const rowBytes = (<usize>s) << 2;
  for (let from = 0; from < t; from += TILE) {
    const rows = min(TILE, t - from);
    const tile = keep ? weights + <usize>from * rowBytes : weights;
    product(q + ((<usize>from * qStride) << 2), qStride << 2, room, 0, zeros, edge, tile, rowBytes, rows, s, dk);
    for (let r = 0; r < rows; r++) {
      const i = <usize>(from + r);
      softmaxRow(tile + <usize>r * rowBytes, s, scale, mask ? mask + i * rowBytes : 0, bias ? bias - (i << 2) : 0);
    }
    const to = context + ((<usize>from * cStride) << 2);
    product(tile, rowBytes, values, 0, zeros, edge, to, cStride << 2, rows, dv, s);
  }
}
