import type { Attended, AttendInput, Weighed, WeighInput } from '../kernels.ts';
import { type Matrix, matrix } from '../matrix.ts';
import { layoutBytes, layoutOf, panelColumns } from './kernel-exports.ts';
import { edgeOf, type KernelMemory, ZEROS } from './kernel-memory.ts';
import type { Packed } from './packed-weights.ts';
import { evenRanges, type KernelTask, partsFor, type ThreadPool, threadsFor } from './work-sharing.ts';

/** Queries whose weights are held at once where they are not wanted (assembly/attention-kernel.ts). */
const TILE = 24;
/** Values that weights of several heads may take at a time. */
const MOST_AT_ONCE = 2 ** 25;
/** Values of all weights up to which they are taken out in one piece: an array of its own for each head costs more than it holds. */
const LITTLE = 2 ** 15;

/**
 * Attention of some heads, see Kernels.attend. Threads take queries of a head in turn; this one meanwhile takes weights out
 * that are wanted, head by head.
 */
export function attend(pool: ThreadPool, memory: KernelMemory, input: AttendInput): Attended | undefined {
  const { q, k, v, heads, divisor, mask, bias, keep = false } = input;
  const [t, s, dk, dv] = [q.rows, k.rows, q.cols / heads, v.cols / heads];
  const work = t * s * (q.cols + v.cols);
  const threads = threadsFor(pool, work);
  // Each part packs the keys and values of its head anew; smaller ones are worth it where weights are taken out meanwhile.
  const parts = partsFor(threads, work) / (keep ? 1 : 2);
  const blocks = evenRanges(t, Math.ceil(parts / heads), TILE);
  const little = heads * t * s <= LITTLE;
  // Heads whose weights are held side by side: all, as far as there is memory for them.
  const most = threads === 1 ? 1 : Math.min(heads, Math.max(1, Math.floor(MOST_AT_ONCE / (t * s))));
  const atOnce = !keep || little ? heads : most;
  const biases = bias === undefined ? 0 : t + s - 1;
  const tile = (keep ? t : Math.min(t, TILE)) * s;
  const sizes = [q.data.length, k.data.length, v.data.length, t * v.cols, mask?.data.length ?? 0, heads * biases];
  const tilesOf = sizes.push(tile * (keep ? atOnce : threads)) - 1;
  for (let thread = 0; thread < threads; thread++) sizes.push(panelColumns(s) * dk + panelColumns(dv) * s);
  return memory.withScratch(layoutBytes(sizes), (at) => {
    const addresses = layoutOf(at, sizes);
    const [qAt, kAt, vAt, contextAt, maskAt, biasesAt, tilesAt] = addresses;
    const floats = memory.floats();
    floats.set(q.data, qAt / 4);
    floats.set(k.data, kAt / 4);
    floats.set(v.data, vAt / 4);
    if (mask !== undefined) floats.set(mask.data, maskAt / 4);
    for (let h = 0; bias !== undefined && h < heads; h++) {
      // Of the last query, and so on to the first.
      const first = h * bias.values.cols + bias.from - (t - 1);
      floats.set(bias.values.data.subarray(first, first + biases), biasesAt / 4 + h * biases);
    }
    const weights: Matrix[] = [];
    for (let first = 0; first < heads; first += atOnce) {
      const some = Math.min(atOnce, heads - first);
      const missing = new Uint16Array(some).fill(blocks.length);
      pool.run({
        parts: some * blocks.length,
        threads,
        calls(part, thread): KernelTask[] {
          const slot = Math.floor(part / blocks.length);
          const [from, to] = blocks[part % blocks.length];
          const head = first + slot;
          const args = [
            qAt + (from * q.cols + head * dk) * 4,
            q.cols,
            kAt + head * dk * 4,
            k.cols,
            vAt + head * dv * 4,
            v.cols,
            to - from,
            s,
            dk,
            dv,
            1 / divisor,
            mask === undefined ? 0 : maskAt + from * s * 4,
            bias === undefined ? 0 : biasesAt + (head * biases + t - 1 - from) * 4,
            addresses[tilesOf + 1 + thread],
            tilesAt + (keep ? slot * tile + from * s : thread * tile) * 4,
            keep ? 1 : 0,
            ZEROS,
            edgeOf(thread),
            contextAt + (from * v.cols + head * dv) * 4,
            v.cols,
          ];
          return [{ kernel: 'attend', args }];
        },
        done(part) {
          const slot = Math.floor(part / blocks.length);
          if (!keep || little || --missing[slot] > 0) return;
          const from = tilesAt / 4 + slot * tile;
          weights[first + slot] = matrix(t, s, floats.slice(from, from + tile));
        },
      });
    }
    if (keep && little) {
      const all = floats.slice(tilesAt / 4, tilesAt / 4 + heads * tile);
      for (let h = 0; h < heads; h++) weights.push(matrix(t, s, all.subarray(h * tile, (h + 1) * tile)));
    }
    const context = matrix(t, v.cols, floats.slice(contextAt / 4, contextAt / 4 + t * v.cols));
    return { context, weights: keep ? weights : undefined };
  });
}

/** Weights of some queries over packed keys; see Kernels.weigh. */
export function weigh(
  pool: ThreadPool,
  memory: KernelMemory,
  keys: Packed,
  { q, limits, bias, block }: WeighInput,
): Weighed | undefined {
  const [m, k, n] = [q.rows, q.cols, keys.rows];
  const blocks = block === 0 ? 0 : Math.ceil(n / block);
  const sizes = [q.data.length, bias?.values.length ?? 0, m * n, 4 * m, m * blocks, m * blocks];
  return memory.withScratch(layoutBytes(sizes), (at) => {
    const [qAt, biasAt, rowsAt, statsAt, mostAt, sumsAt] = layoutOf(at, sizes);
    const floats = memory.floats();
    floats.set(q.data, qAt / 4);
    if (bias !== undefined) floats.set(bias.values, biasAt / 4);
    const seen = limits === undefined ? n : limits.reduce((most, limit) => Math.max(most, limit), 0);
    const row = (i: number): KernelTask[] => {
      const limit = limits?.[i] ?? n;
      const addend = bias === undefined ? 0 : biasAt + bias.from[i] * 4;
      const blockAt = i * blocks * 4;
      if (limit === 0) return [];
      const places = [statsAt + i * 16, block, mostAt + blockAt, sumsAt + blockAt];
      return [{ kernel: 'weigh', args: [rowsAt + i * n * 4, limit, addend, ...places] }];
    };
    const threads = threadsFor(pool, m * seen * k);
    // Four queries make a tile of a product.
    const ranges = evenRanges(m, partsFor(threads, m * seen * k), 4);
    const calls = (part: number, thread: number): KernelTask[] => {
      const [from, to] = ranges[part];
      const args = [qAt + from * k * 4, k * 4, keys.at, 0, ZEROS, edgeOf(thread), rowsAt + from * n * 4, n * 4];
      const rows = Array.from({ length: to - from }, (_, i) => row(from + i)).flat();
      return seen === 0 ? rows : [{ kernel: 'product', args: [...args, to - from, seen, k] }, ...rows];
    };
    pool.run({ parts: ranges.length, threads, calls });
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
