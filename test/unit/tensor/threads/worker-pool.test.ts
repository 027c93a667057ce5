import path from 'node:path';
import { build } from 'esbuild';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Kernels } from '../../../../src/tensor/kernels.ts';
import { type Matrix, matrix } from '../../../../src/tensor/matrix.ts';
import { WorkerPool } from '../../../../src/tensor/threads/worker-pool.ts';
import { instantiateKernels } from '../../../../src/tensor/wasm/choose-kernels.ts';
import { evenRanges, threadsFor } from '../../../../src/tensor/wasm/work-sharing.ts';
import { kernelBytes } from '../wasm/all-kernels.ts';

const pools: WorkerPool[] = [];
afterEach(() => {
  for (const pool of pools.splice(0)) pool.dispose();
});

function together(
  threads: number,
  module?: WebAssembly.Module,
  Pool = WorkerPool,
): { pool: WorkerPool; kernels: Kernels } {
  let pool: WorkerPool | undefined;
  const made = instantiateKernels('relaxed', kernelBytes, {
    makePool: (own, ...rest) => {
      pool = new Pool(module ?? own, ...rest);
      pool.resize(threads);
      pools.push(pool);
      return pool;
    },
  });
  if (!pool || !made) throw new Error('This engine shares no memory between threads.');
  return { pool, kernels: made };
}

/** Workers start while this thread goes on. */
const ready = (pool: WorkerPool, threads: number) =>
  vi.waitFor(() => expect(pool.ensureThreads()).toBe(threads), { timeout: 15_000 });

function values(rows: number, cols: number, seed: number): Matrix {
  let state = seed | 1;
  const data = Float32Array.from({ length: rows * cols }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  });
  return matrix(rows, cols, data);
}

const halves = (weight: Matrix) => {
  const bits = new Uint16Array(weight.data.length).map((_, i) => 0x3000 + ((i * 2654435761) >>> 22));
  return { rows: weight.rows, cols: weight.cols, kind: 'F16' as const, float16: bits };
};

/** Everything that is shared out, large enough to be. */
function work(kernels: Kernels): (Float32Array | undefined)[] {
  const [x, w, bias] = [values(61, 300, 1), values(515, 300, 2), values(1, 515, 3).data];
  const [q, k, v] = [values(170, 96, 4), values(301, 96, 5), values(301, 96, 6)];
  const attention = { q, k, v, heads: 6, divisor: 4 };
  const mask = matrix(
    170,
    301,
    values(170, 301, 7).data.map((value) => (value > 0.8 ? Number.NEGATIVE_INFINITY : 0)),
  );
  const kept = kernels.attend({ ...attention, mask, bias: undefined, keep: true });
  const biased = kernels.attend({ ...attention, mask, bias: { values: values(6, 480, 8), from: 175 } });
  const keys = values(2003, 64, 9);
  const limits = Int32Array.from({ length: 90 }, (_, i) => (i === 4 ? 0 : 22 * i));
  const weighed = kernels.weigh({ q: values(90, 64, 10), keys, limits, bias: undefined, block: 32 });
  // They lie in the kernels' own memory.
  const { weights, stats, most, sums } = weighed!;
  const copies = [weights.data, stats, most, sums].map((part) => part.slice());
  // Blocks that a query sees nothing of are not written.
  const blocks = most.length / limits.length;
  for (const part of copies.slice(2))
    limits.forEach((limit, i) => {
      part.fill(0, i * blocks + Math.ceil(limit / 32), (i + 1) * blocks);
    });
  return [
    kernels.linear(x, w, bias)?.data,
    kernels.linear(x, halves(w), bias)?.data,
    kernels.project(x, values(300, 515, 11), undefined)?.data,
    kernels.matmul(x, values(300, 517, 12))?.data,
    kernels.matmulTransposed(x, values(517, 300, 13))?.data,
    kept?.context.data,
    ...(kept?.weights ?? []).map(({ data }) => data),
    biased?.context.data,
    ...copies,
  ];
}

describe('a pool of threads', () => {
  test.each([2, 3, 8])('%i threads give bit for bit what one gives', async (threads) => {
    const { pool, kernels } = together(threads);
    await ready(pool, threads);
    const [one, several] = [work(instantiateKernels('relaxed', kernelBytes)!), work(kernels)];
    expect(several).toHaveLength(one.length);
    several.forEach((result, i) => {
      expect(result, `result ${i}`).toBeDefined();
      expect(result, `result ${i}`).toEqual(one[i]);
    });
  });

  test('shares what is worth it, by how many are wanted at that moment', async () => {
    const { pool, kernels } = together(1);
    expect(pool.ensureThreads()).toBe(1);
    pool.resize(3);
    await ready(pool, 3);
    expect(threadsFor(pool, 1000)).toBe(1);
    expect(threadsFor(pool, 2 ** 24)).toBe(3);
    pool.resize(2);
    expect(pool.ensureThreads()).toBe(2);
    expect(kernels.linear(values(40, 200, 1), values(90, 200, 2), undefined)?.data).toHaveLength(3600);
  });

  test('computes alone where workers can’t start, and says nothing wrong', async () => {
    const broken = new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
    const { pool, kernels } = together(2, broken);
    // The module lacks the kernels: the first call on the other thread fails, and is done here.
    await ready(pool, 2);
    expect(work(kernels)).toEqual(work(instantiateKernels('relaxed', kernelBytes)!));
    expect(work(kernels)).toEqual(work(instantiateKernels('relaxed', kernelBytes)!));
  });

  test('the program of a worker is whole in its text, minified too: none is lost with its first part', async () => {
    const { outputFiles } = await build({
      entryPoints: [path.resolve(import.meta.dirname, '../../../../src/tensor/threads/worker-pool.ts')],
      bundle: true,
      minify: true,
      write: false,
      platform: 'node',
      format: 'esm',
    });
    const minified = await import(
      `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
    );
    const { pool, kernels } = together(3, undefined, minified.WorkerPool);
    await ready(pool, 3);
    expect(work(kernels)).toEqual(work(instantiateKernels('relaxed', kernelBytes)!));
    expect(pool.ensureThreads()).toBe(3);
  });

  test('every part is done once and told of once, however many there are and however short', async () => {
    const { pool } = together(3);
    await ready(pool, 3);
    for (let run = 0; run < 4000; run++) {
      const told: number[] = [];
      const parts = 2 + (run % 17);
      pool.run({ parts, threads: 3, calls: () => [], done: (part) => void told.push(part) });
      expect(told.sort((a, b) => a - b)).toEqual(Array.from({ length: parts }, (_, part) => part));
    }
  });

  test('a part that fails here leaves nobody at work in the room, and the next is done', async () => {
    const { pool, kernels } = together(2);
    await ready(pool, 2);
    const before = work(kernels);
    const failing = () => {
      throw new Error('told');
    };
    expect(() => pool.run({ parts: 9, threads: 2, calls: () => [], done: failing })).toThrow('told');
    await ready(pool, 2);
    expect(work(kernels)).toEqual(before);
  });

  test('workers that have ended are done without', async () => {
    const { pool, kernels } = together(3);
    await ready(pool, 3);
    const before = work(kernels);
    pool.dispose();
    expect(pool.ensureThreads()).toBe(1);
    expect(work(kernels)).toEqual(before);
  });

  test('memory that grows meanwhile is the same for all', async () => {
    const { pool, kernels } = together(2);
    await ready(pool, 2);
    const small = work(kernels);
    expect(kernels.linear(values(4, 3000, 1), values(9000, 3000, 2), undefined)?.data).toHaveLength(36_000);
    expect(work(kernels)).toEqual(small);
  });

  test('two pools in one process don’t meet', async () => {
    const [a, b] = [together(2), together(2)];
    await Promise.all([ready(a.pool, 2), ready(b.pool, 2)]);
    expect(work(a.kernels)).toEqual(work(b.kernels));
  });

  test('columns are cut at whole panels, and none is left out or done twice', () => {
    for (const [count, threads] of [
      [1, 4],
      [8, 2],
      [9, 2],
      [515, 3],
      [64, 8],
    ] as const) {
      const ranges = evenRanges(count, threads, 8);
      expect(ranges.length).toBeLessThanOrEqual(threads);
      expect(ranges[0][0]).toBe(0);
      expect(ranges.at(-1)?.[1]).toBe(count);
      ranges.forEach(([from, to], i) => {
        expect(to).toBeGreaterThan(from);
        expect(from % 8).toBe(0);
        if (i > 0) expect(from).toBe(ranges[i - 1][1]);
      });
    }
  });
});
