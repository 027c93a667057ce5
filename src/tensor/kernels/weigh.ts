import type { Weighed, WeighInput } from '../kernels.ts';
import { matrix } from '../matrix.ts';
import { edgeOf, type KernelMemory, ZEROS } from '../wasm/kernel-memory.ts';
import type { Packed } from '../wasm/packed-weights.ts';
import { evenRanges, type KernelCall, partsFor, type Team, threadsFor } from '../wasm/work-sharing.ts';
import { bytesOf, placesOf } from './places.ts';

/** Weights of some queries over packed keys; see Backend.weigh. */
export function weigh(
  team: Team,
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
    const row = (i: number): KernelCall[] => {
      const limit = limits?.[i] ?? n;
      const addend = bias === undefined ? 0 : biasAt + bias.from[i] * 4;
      const blockAt = i * blocks * 4;
      if (limit === 0) return [];
      const places = [statsAt + i * 16, block, mostAt + blockAt, sumsAt + blockAt];
      return [{ kernel: 'weigh', args: [rowsAt + i * n * 4, limit, addend, ...places] }];
    };
    const threads = threadsFor(team, m * seen * k);
    // Four queries make a tile of a product.
    const ranges = evenRanges(m, partsFor(threads, m * seen * k), 4);
    const calls = (part: number, thread: number): KernelCall[] => {
      const [from, to] = ranges[part];
      const args = [qAt + from * k * 4, k * 4, keys.at, 0, ZEROS, edgeOf(thread), rowsAt + from * n * 4, n * 4];
      const rows = Array.from({ length: to - from }, (_, i) => row(from + i)).flat();
      return seen === 0 ? rows : [{ kernel: 'product', args: [...args, to - from, seen, k] }, ...rows];
    };
    team.run({ parts: ranges.length, threads, calls });
    for (let i = 0; i < m; i++) {
      const limit = limits?.[i] ?? n;
      floats.fill(0, rowsAt / 4 + i * n + limit, rowsAt / 4 + (i + 1) * n);
      if (limit === 0) floats.set([Number.NEGATIVE_INFINITY, 0, 0, Number.POSITIVE_INFINITY], statsAt / 4 + i * 4);
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
