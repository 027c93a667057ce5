import type { Weighed, WeighInput } from '../backend.ts';
import { matrix } from '../matrix.ts';
import type { KernelExports } from './kernel-exports.ts';
import { EDGE, type KernelMemory, ZEROS } from './kernel-memory.ts';
import type { Packed } from './packed-weights.ts';
import { bytesOf, placesOf } from './places.ts';

/** Weights of some queries over packed keys; see Backend.weigh. */
export function weigh(
  kernels: KernelExports,
  memory: KernelMemory,
  keys: Packed,
  { q, limits, bias, block }: WeighInput,
): Weighed | undefined {
  const [m, k, n] = [q.rows, q.cols, keys.rows];
  const blocks = block === 0 ? 0 : Math.ceil(n / block);
  const sizes = [q.data.length, bias?.values.length ?? 0, m * n, 4 * m, m * blocks, m * blocks];
  return memory.inRoom(bytesOf(sizes), (at) => {
    const [qAt, biasAt, rowsAt, statsAt, mostAt, sumsAt] = placesOf(at, sizes);
    const floats = memory.floats();
    floats.set(q.data, qAt / 4);
    if (bias !== undefined) floats.set(bias.values, biasAt / 4);
    const seen = limits === undefined ? n : limits.reduce((most, limit) => Math.max(most, limit), 0);
    if (seen > 0) kernels.product(qAt, k * 4, keys.at, 0, ZEROS, EDGE, rowsAt, n * 4, m, seen, k);
    for (let i = 0; i < m; i++) {
      const limit = limits?.[i] ?? n;
      const rowAt = rowsAt + i * n * 4;
      const addend = bias === undefined ? 0 : biasAt + bias.from[i] * 4;
      const blockAt = i * blocks * 4;
      floats.fill(0, rowAt / 4 + limit, rowAt / 4 + n);
      if (limit > 0) kernels.weigh(rowAt, limit, addend, statsAt + i * 16, block, mostAt + blockAt, sumsAt + blockAt);
      else floats.set([Number.NEGATIVE_INFINITY, 0, 0, Number.POSITIVE_INFINITY], statsAt / 4 + i * 4);
    }
    const part = (from: number, size: number) => floats.subarray(from / 4, from / 4 + size);
    return {
      weights: matrix(m, n, part(rowsAt, m * n)),
      stats: part(statsAt, 4 * m),
      most: part(mostAt, m * blocks),
      sums: part(sumsAt, m * blocks),
    };
  });
}
