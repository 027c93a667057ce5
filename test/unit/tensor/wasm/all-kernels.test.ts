import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projectOutput } from '../../../../src/attention/attention.ts';
import { DistanceBias } from '../../../../src/attention/distance-bias.ts';
import { attendHeads } from '../../../../src/attention/multi-head.ts';
import { ACTIVATION_NAMES, activate } from '../../../../src/tensor/activation.ts';
import { float16Values } from '../../../../src/tensor/half-precision.ts';
import { kernels, useKernels } from '../../../../src/tensor/kernels.ts';
import { linear } from '../../../../src/tensor/linear.ts';
import { type Matrix, matrix, transpose } from '../../../../src/tensor/matrix.ts';
import { matmul, matmulTransposed } from '../../../../src/tensor/matrix-product.ts';
import { normalize } from '../../../../src/tensor/normalize.ts';
import { countOperations } from '../../../../src/tensor/operation-count.ts';
import { softmax } from '../../../../src/tensor/softmax.ts';
import { chooseKernels, instantiateKernels } from '../../../../src/tensor/wasm/choose-kernels.ts';
import { BACKENDS, kernelBytes } from './all-kernels.ts';

const RUNS = { seed: 11, numRuns: 60 };
const size = (max: number) => fc.integer({ min: 1, max });
/** Values in [−1, 1) times `spread`, by a small generator: large matrices from one seed. */
const filled = (rows: number, cols: number, seed: number, spread = 1): Matrix => {
  let state = (seed ^ (rows * 7919 + cols)) | 1;
  const data = Float32Array.from({ length: rows * cols }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state / 2 ** 31) * spread;
  });
  return matrix(rows, cols, data);
};

const shapes = fc.record({ m: size(29), k: size(70), n: size(37), seed: fc.integer() });

/** Largest |a − b|, where b is computed in 64 bits; NaN where one of them is. */
function farthest(a: Float32Array, b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return b.reduce((most, value, i) => Math.max(most, Math.abs(a[i] - value)), 0);
}

/** a·bᵀ + bias in 64 bits, three loops. */
function product(a: Matrix, b: Matrix, bias?: Float32Array): number[] {
  return Array.from({ length: a.rows * b.rows }, (_, at) => {
    const [i, j] = [Math.floor(at / b.rows), at % b.rows];
    let sum = bias?.[j] ?? 0;
    for (let p = 0; p < a.cols; p++) sum += a.data[i * a.cols + p] * b.data[j * a.cols + p];
    return sum;
  });
}

function softmaxOf(row: readonly number[]): number[] {
  const max = Math.max(...row);
  if (max === Number.NEGATIVE_INFINITY) return row.map(() => 0);
  const exps = row.map((x) => Math.exp(x - max));
  const sum = exps.reduce((a, b) => a + b, 0);
  return exps.map((e) => e / sum);
}

describe.each(BACKENDS)('%s', (_, chosen) => {
  beforeEach(() => useKernels(chosen));
  afterEach(() => useKernels(undefined));

  test('products agree with 64-bit loops within 1e-5 for values up to 1 and 70 terms, whatever the shape', () => {
    fc.assert(
      fc.property(shapes, ({ m, k, n, seed }) => {
        const [a, b] = [filled(m, k, seed), filled(n, k, seed + 1)];
        const bias = filled(1, n, seed + 2).data;
        const expected = product(a, b);
        expect(farthest(matmulTransposed(a, b).data, expected)).toBeLessThan(1e-5);
        expect(farthest(matmul(a, transpose(b)).data, expected)).toBeLessThan(1e-5);
        const shifted = product(a, b, bias);
        expect(farthest(linear(a, { weight: b, bias }).data, shifted)).toBeLessThan(1e-5);
        expect(farthest(projectOutput(a, transpose(b), bias).data, shifted)).toBeLessThan(1e-5);
        expect(farthest(linear(a, { weight: b, bias: undefined }).data, expected)).toBeLessThan(1e-5);
      }),
      RUNS,
    );
  });

  test('a product of 2048 terms agrees within 1e-4', () => {
    const [a, b] = [filled(5, 2048, 3), filled(67, 2048, 4)];
    expect(farthest(matmulTransposed(a, b).data, product(a, b))).toBeLessThan(1e-4);
    expect(farthest(linear(a, { weight: b, bias: undefined }).data, product(a, b))).toBeLessThan(1e-4);
  });

  test.each(['F16', 'BF16'] as const)('%s weights count as exactly what they stand for, subnormals too', (kind) => {
    const values = float16Values(kind);
    const finite = Uint16Array.from({ length: 65536 }, (_, bits) => bits).filter(
      (bits) => Math.abs(values[bits]) < 1e30,
    );
    const rows = Math.floor(finite.length / 64);
    const halves = finite.subarray(0, rows * 64);
    const weight = { rows, cols: 64, kind, float16: halves };
    // The identity picks each value out.
    const one = matrix(
      64,
      64,
      new Float32Array(64 * 64).map((_, i) => (i % 65 === 0 ? 1 : 0)),
    );
    const found = linear(one, { weight, bias: undefined });
    for (let r = 0; r < rows; r++) {
      for (let p = 0; p < 64; p++) {
        if (found.data[p * rows + r] !== values[halves[r * 64 + p]] + 0) {
          expect.fail(`${kind} ${halves[r * 64 + p]}: ${found.data[p * rows + r]}`);
        }
      }
    }
  });

  test('weights that are larger than a packing step agree within 1e-4', () => {
    const [x, weight] = [filled(3, 1024, 5), filled(2500, 1024, 6)];
    const expected = product(x, weight);
    expect(farthest(linear(x, { weight, bias: undefined }).data, expected)).toBeLessThan(1e-4);
    // Again, from what was packed.
    expect(farthest(linear(x, { weight, bias: undefined }).data, expected)).toBeLessThan(1e-4);
  });

  test('softmax: each weight within 3e-7 of 64 bits, rows sum to 1 within 1e-6, masked keys exactly 0', () => {
    fc.assert(
      fc.property(
        fc.record({ m: size(9), n: size(400), seed: fc.integer(), spread: fc.constantFrom(1, 30, 2000) }),
        (x) => {
          const scores = filled(x.m, x.n, x.seed, x.spread);
          for (let i = 0; i < scores.data.length; i += 5) scores.data[i] = Number.NEGATIVE_INFINITY;
          if (x.m > 1) scores.data.fill(Number.NEGATIVE_INFINITY, 0, x.n);
          const found = softmax(scores);
          for (let i = 0; i < x.m; i++) {
            const row = found.data.subarray(i * x.n, (i + 1) * x.n);
            const given = [...scores.data.subarray(i * x.n, (i + 1) * x.n)];
            expect(farthest(row, softmaxOf(given))).toBeLessThan(3e-7);
            for (const [j, value] of given.entries()) if (value === Number.NEGATIVE_INFINITY) expect(row[j]).toBe(0);
            const seen = given.some((value) => value > Number.NEGATIVE_INFINITY);
            expect(Math.abs(row.reduce((a, b) => a + b, 0) - (seen ? 1 : 0))).toBeLessThan(1e-6);
          }
        },
      ),
      RUNS,
    );
  });

  test('the exponential behind it: relative error below 3e-7 wherever it is a normal number', () => {
    // Two keys: the ratio of their weights is e to the difference of their scores.
    const steps = 8000;
    const scores = matrix(
      steps,
      2,
      new Float32Array(steps * 2).map((_, i) => (i % 2 ? -((i >> 1) * 87) / steps : 0)),
    );
    const { data } = softmax(scores);
    for (let i = 0; i < steps; i++) {
      const exact = Math.exp(scores.data[2 * i + 1]);
      expect(Math.abs(data[2 * i + 1] / data[2 * i] / exact - 1)).toBeLessThan(3e-7);
    }
  });

  test('NaN and ∞ are not hidden: what follows from them is not finite', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(softmax(matrix(1, 6, new Float32Array([0, 1, bad, 2, 3, 4]))).data.every(Number.isFinite)).toBe(false);
      const x = matrix(1, 6, new Float32Array([0, 1, bad, 2, 3, 4]));
      expect(linear(x, { weight: filled(3, 6, 1), bias: undefined }).data.some(Number.isFinite)).toBe(false);
    }
  });

  test('attention of several heads agrees with 64 bits within 1e-5: masks, causal, bias, hidden keys, any shape', () => {
    const given = fc.record({
      t: size(53),
      s: size(61),
      heads: size(4),
      dk: size(17),
      dv: size(19),
      causal: fc.boolean(),
      biased: fc.boolean(),
      hide: fc.boolean(),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(given, ({ t, s, heads, dk, dv, causal, biased, hide, seed }) => {
        const sources = causal ? Math.max(s, t) : s;
        const q = filled(t, heads * dk, seed, 2);
        const k = filled(sources, heads * dk, seed + 1, 2);
        const v = filled(sources, heads * dv, seed + 2);
        const bias = biased ? new DistanceBias(filled(heads, t + sources - 1, seed + 3, 3), t, sources) : undefined;
        const hidden = hide ? Uint8Array.from({ length: sources }, (_, i) => (i % 3 === 1 ? 1 : 0)) : undefined;
        const divisor = Math.sqrt(dk);
        let found = matrix(1, 1);
        const counted = countOperations(() => {
          found = attendHeads(q, k, v, { heads, divisor, causal, bias, change: hidden && { hidden } });
        });
        expect(counted.multiplications).toBe(t * sources * heads * (dk + dv));
        const expected = new Array<number>(t * heads * dv).fill(0);
        for (let h = 0; h < heads; h++) {
          for (let i = 0; i < t; i++) {
            const row = Array.from({ length: sources }, (_, j) => {
              if ((causal && j > i + sources - t) || hidden?.[j] === 1) return Number.NEGATIVE_INFINITY;
              let sum = 0;
              for (let p = 0; p < dk; p++) sum += q.data[i * q.cols + h * dk + p] * k.data[j * k.cols + h * dk + p];
              return sum / divisor + (bias?.row(h, i)[j] ?? 0);
            });
            const weights = softmaxOf(row);
            for (let c = 0; c < dv; c++) {
              for (let j = 0; j < sources; j++)
                expected[i * heads * dv + h * dv + c] += weights[j] * v.data[j * v.cols + h * dv + c];
            }
          }
        }
        expect(farthest(found.data, expected)).toBeLessThan(1e-5);
      }),
      RUNS,
    );
  });

  test('layer and RMS norm agree with 64 bits within 1e-5', () => {
    fc.assert(
      fc.property(
        fc.record({ m: size(9), n: fc.integer({ min: 2, max: 600 }), seed: fc.integer() }),
        ({ m, n, seed }) => {
          const x = filled(m, n, seed, 4);
          const [weight, bias] = [filled(1, n, seed + 1).data, filled(1, n, seed + 2).data];
          for (const kind of ['layer', 'rms'] as const) {
            const shift = kind === 'layer' ? bias : undefined;
            const found = normalize(x, { kind, weight, bias: shift, epsilon: 1e-5 });
            const expected = Array.from({ length: m }, (_, i) => {
              const row = [...x.data.subarray(i * n, (i + 1) * n)];
              const mean = kind === 'layer' ? row.reduce((a, b) => a + b, 0) / n : 0;
              const scale = 1 / Math.sqrt(row.reduce((sum, one) => sum + (one - mean) ** 2, 0) / n + 1e-5);
              return row.map((one, j) => (one - mean) * scale * weight[j] + (shift?.[j] ?? 0));
            });
            expect(farthest(found.data, expected.flat())).toBeLessThan(1e-5);
          }
        },
      ),
      RUNS,
    );
  });

  test.each(ACTIVATION_NAMES)('%s agrees with the plain one within 2e-6 from −30 to 30', (name) => {
    const x = Float32Array.from({ length: 6001 }, (_, i) => (i - 3000) / 100);
    const found = activate(matrix(1, x.length, x.slice()), name);
    useKernels(undefined);
    expect(farthest(found.data, [...activate(matrix(1, x.length, x.slice()), name).data])).toBeLessThan(2e-6);
  });
});

describe('kernels', () => {
  afterEach(() => useKernels(undefined));

  test('attention returns its weights where they are wanted: rows sum to 1, and make the context', () => {
    for (const [, chosen] of BACKENDS.slice(1)) {
      const [q, k, v] = [filled(31, 24, 1, 3), filled(45, 24, 2, 3), filled(45, 30, 3)];
      const { context, weights } = chosen!.attend({
        q,
        k,
        v,
        heads: 3,
        divisor: 2,
        mask: undefined,
        bias: undefined,
        keep: true,
      })!;
      expect(weights!.map(({ rows, cols }) => [rows, cols])).toEqual([0, 1, 2].map(() => [31, 45]));
      for (let row = 0; row < 93; row++) {
        const [h, t] = [Math.floor(row / 31), row % 31];
        const of = weights![h].data.subarray(t * 45, (t + 1) * 45);
        expect(Math.abs(of.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-6);
        for (let c = 0; c < 10; c++) {
          const sum = of.reduce((total, weight, s) => total + weight * v.data[s * 30 + h * 10 + c], 0);
          expect(Math.abs(context.data[t * 30 + h * 10 + c] - sum)).toBeLessThan(1e-5);
        }
      }
    }
  });

  test('the fastest that the engine runs is chosen; one that runs none gets none', () => {
    expect(chooseKernels(kernelBytes)?.name).toBe('relaxed');
    expect(chooseKernels({ ...kernelBytes, relaxed: new Uint8Array([0, 97, 115, 109, 9]) })?.name).toBe('simd');
    expect(chooseKernels({ simd: new Uint8Array(8), relaxed: new Uint8Array(8) })).toBeUndefined();
  });

  test('where their memory ends, the plain kernels compute, and later calls that fit are fast again', () => {
    const small = instantiateKernels('simd', kernelBytes, { mostPages: 4 })!; // 256 KiB
    useKernels(small);
    expect(kernels()).toBe(small);
    const [x, large, fits] = [filled(6, 512, 1), filled(512, 512, 2), filled(16, 512, 3)];
    expect(small.linear(x, large, undefined)).toBeUndefined();
    expect(farthest(linear(x, { weight: large, bias: undefined }).data, product(x, large))).toBeLessThan(1e-4);
    expect(small.linear(x, fits, undefined)).toBeDefined();
    expect(small.memory.memory.buffer.byteLength).toBeLessThanOrEqual(4 * 65536);
  });

  test('weights leave room for calls: what does not fit any more is packed for each call', () => {
    const small = instantiateKernels('simd', kernelBytes, { mostPages: 16 })!; // 1 MiB
    useKernels(small);
    const x = filled(3, 256, 1);
    const layers = Array.from({ length: 6 }, (_, i) => filled(160, 256, i + 2)); // 160 KiB each
    for (const weight of layers) {
      expect(farthest(linear(x, { weight, bias: undefined }).data, product(x, weight))).toBeLessThan(1e-4);
    }
    expect(layers.map((weight) => small.linear(x, weight, undefined) !== undefined)).toContain(false);
    expect(small.matmulTransposed(x, filled(32, 256, 9))).toBeDefined();
  });

  test('calls leave nothing behind: only packed weights and one room stay', () => {
    const one = instantiateKernels('simd', kernelBytes)!;
    const [a, b] = [filled(40, 300, 1), filled(200, 300, 2)];
    one.matmulTransposed(a, b);
    const after = one.memory.used;
    for (let i = 0; i < 50; i++) {
      one.matmulTransposed(a, b);
      one.softmax(a);
      one.attend({ q: a, k: b, v: b, heads: 3, divisor: 1, mask: undefined, bias: undefined });
    }
    one.matmul(filled(30, 40, 1), filled(40, 50, 1));
    const [packed, room] = [one.memory.used, after];
    one.linear(a, b, undefined);
    one.linear(a, b, undefined);
    expect(one.memory.used - packed).toBe(200 * 300 * 4);
    expect(packed).toBeLessThan(room * 4);
  });
});
