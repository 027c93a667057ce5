import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DistanceBias } from '../../../src/attention/distance-bias.ts';
import { headWeights } from '../../../src/attention/head-trace.ts';
import { isMasked, visibleKeysOf } from '../../../src/attention/mask.ts';
import { attendHeads } from '../../../src/attention/multi-head.ts';
import { loadModel } from '../../../src/model/loading/load-model.ts';
import type { TransformerModel } from '../../../src/model/transformer/transformer-model.ts';
import { readMatrix } from '../../../src/tensor/deferred-matrix.ts';
import { useKernels } from '../../../src/tensor/kernels.ts';
import { type Matrix, matrix } from '../../../src/tensor/matrix.ts';
import { fixtureFiles } from '../model/fixture-files.ts';
import { BACKENDS } from '../tensor/wasm/all-kernels.ts';

const filled = (rows: number, cols: number, seed: number): Matrix => {
  let state = seed | 1;
  const data = Float32Array.from({ length: rows * cols }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 30;
  });
  return matrix(rows, cols, data);
};

describe.each(BACKENDS)('%s: attention of long texts, in blocks of queries', (_, chosen) => {
  beforeEach(() => useKernels(chosen));
  afterEach(() => useKernels(undefined));

  test('is that of each query alone, in 64 bits, within 1e-5: causal, bias, hidden keys, a forced row (seed 5)', () => {
    const given = fc.record({
      t: fc.integer({ min: 600, max: 1200 }),
      extra: fc.integer({ min: 0, max: 900 }),
      causal: fc.boolean(),
      biased: fc.boolean(),
      hide: fc.boolean(),
      force: fc.boolean(),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(given, ({ t, extra, causal, biased, hide, force, seed }) => {
        // More than one block.
        const s = Math.max(t, Math.ceil(2 ** 20 / t) + 1) + extra;
        const [heads, dk, dv] = [2, 3, 2];
        const [q, k, v] = [
          filled(t, heads * dk, seed),
          filled(s, heads * dk, seed + 1),
          filled(s, heads * dv, seed + 2),
        ];
        const bias = biased ? new DistanceBias(filled(heads, t + s - 1, seed + 3), t, s) : undefined;
        const hidden = hide ? Uint8Array.from({ length: s }, (_, i) => (i % 3 === 1 ? 1 : 0)) : undefined;
        const forced = force ? { heads: [1], query: t - 2, keys: [0, 2, 5] } : undefined;
        const divisor = Math.sqrt(dk);
        const found = attendHeads(q, k, v, { heads, divisor, causal, bias, change: { hidden, forced } });
        const seen = visibleKeysOf(t, s, { causal, hidden });
        for (const query of [0, 1, Math.floor(t / 2), t - 2, t - 1]) {
          for (let h = 0; h < heads; h++) {
            const scores = Array.from({ length: s }, (_, j) => {
              if (isMasked(seen, query, j)) return Number.NEGATIVE_INFINITY;
              let sum = 0;
              for (let p = 0; p < dk; p++) sum += q.data[query * q.cols + h * dk + p] * k.data[j * k.cols + h * dk + p];
              return sum / divisor + (bias?.row(h, query)[j] ?? 0);
            });
            const most = scores.reduce((a, b) => Math.max(a, b));
            const exps = scores.map((score) => Math.exp(score - most));
            const total = exps.reduce((a, b) => a + b);
            const open = (forced?.keys ?? []).filter((j) => !isMasked(seen, query, j));
            const weights =
              forced && query === forced.query && h === 1
                ? exps.map((_, j) => (open.includes(j) ? 1 / open.length : 0))
                : exps.map((e) => e / total);
            for (let c = 0; c < dv; c++) {
              const expected = weights.reduce((sum, weight, j) => sum + weight * v.data[j * v.cols + h * dv + c], 0);
              expect(Math.abs(found.data[query * found.cols + h * dv + c] - expected)).toBeLessThan(1e-5);
            }
          }
        }
      }),
      { seed: 5, numRuns: 6 },
    );
  });
});

describe('a long text through a model', () => {
  const TOKENS = 2100;
  let model: TransformerModel;
  beforeAll(async () => {
    model = await loadModel(fixtureFiles(join(import.meta.dirname, '../../fixtures/hf/t5')));
  });
  const ids = (count: number) => Array.from({ length: count }, (_, i) => 3 + ((i * 31) % 100));

  test('pauses within a layer, tells growing progress, and can be cancelled there', async () => {
    const told: number[] = [];
    await model.forward(ids(TOKENS), ids(5), (done) => void told.push(done));
    expect(told.length).toBeGreaterThan(8);
    expect(told.every((done, i) => done >= 0 && done < 1 && (i === 0 || done >= told[i - 1]))).toBe(true);
    expect(told.some((done) => done > 0 && done < 0.25)).toBe(true);
    let calls = 0;
    const stop = model.forward(ids(TOKENS), ids(5), () => {
      if (++calls === 3) throw new DOMException('stop', 'AbortError');
    });
    await expect(stop).rejects.toMatchObject({ name: 'AbortError' });
    expect(calls).toBe(3);
  });

  test('has Q, K and V again when they are looked at, and rows of weights that sum to 1', async () => {
    const { encoder, cross } = await model.forward(ids(TOKENS), ids(5));
    const [first] = encoder;
    expect([first.q.rows, first.k.rows, first.v.cols]).toEqual([TOKENS, TOKENS, 32]);
    const again = readMatrix(first.k).data;
    expect(again.every(Number.isFinite)).toBe(true);
    expect(again.some((value) => value !== 0)).toBe(true);
    const weights = headWeights(cross[1], 3);
    for (let t = 0; t < weights.rows; t++) {
      const sum = weights.data.subarray(t * TOKENS, (t + 1) * TOKENS).reduce((all, weight) => all + weight, 0);
      expect(Math.abs(sum - 1)).toBeLessThan(1e-5);
    }
  });
});
