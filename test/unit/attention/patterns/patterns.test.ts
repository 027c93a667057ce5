import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullAttention } from '../../../../src/attention/patterns/full-attention.ts';
import { linearAttention } from '../../../../src/attention/patterns/linear-attention.ts';
import { streamingAttention } from '../../../../src/attention/patterns/streaming-attention.ts';
import { windowAttention } from '../../../../src/attention/patterns/window-attention.ts';
import { type Matrix, matrix } from '../../../../src/tensor/matrix.ts';

const values = (rows: number, cols: number) =>
  fc
    .array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: rows * cols, maxLength: rows * cols })
    .map((list) => matrix(rows, cols, Float32Array.from(list)));

const problem = fc
  .record({ targets: fc.integer({ min: 1, max: 14 }), sources: fc.integer({ min: 1, max: 14 }), causal: fc.boolean() })
  .chain(({ targets, sources, causal }) => {
    // a causal mask is of one sequence over itself
    const length = causal ? targets : sources;
    return fc.record({
      q: values(targets, 4),
      k: values(length, 4),
      v: values(length, 3),
      causal: fc.constant(causal),
      tile: fc.integer({ min: 1, max: 20 }),
    });
  });

function expectClose(got: Matrix, want: Matrix): void {
  expect([got.rows, got.cols]).toEqual([want.rows, want.cols]);
  for (let i = 0; i < want.data.length; i++) expect(Math.abs(got.data[i] - want.data[i])).toBeLessThan(1e-5);
}

describe('patterns of attention', () => {
  it('streaming gives what the full attention gives, within 1e-5, whatever the tile', () => {
    fc.assert(
      fc.property(problem, ({ q, k, v, causal, tile }) => {
        expectClose(streamingAttention(q, k, v, { causal, tile }), fullAttention(q, k, v, { causal }));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('a window over every key is the full attention', () => {
    fc.assert(
      fc.property(problem, ({ q, k, v, causal }) => {
        expectClose(windowAttention(q, k, v, { causal, window: 64 }), fullAttention(q, k, v, { causal }));
      }),
      { seed: 8, numRuns: 100 },
    );
  });

  it('a query outside every key of its window gets zeros, not NaN', () => {
    const [q, k, v] = [matrix(9, 2), matrix(1, 2), matrix(1, 2, Float32Array.of(5, 6))];
    const context = windowAttention(q, k, v, { window: 2 });
    expect([...context.data.slice(0, 4)]).toEqual([5, 6, 5, 6]);
    expect([...context.data.slice(4)].every((x) => x === 0)).toBe(true);
  });

  it('linear attention is Σ φ(q)·φ(k) v / Σ φ(q)·φ(k) with φ = elu + 1', () => {
    const phi = (x: number): number => (x > 0 ? x + 1 : Math.exp(x));
    fc.assert(
      fc.property(problem, ({ q, k, v, causal }) => {
        const want = matrix(q.rows, v.cols);
        for (let t = 0; t < q.rows; t++) {
          let sum = 0;
          for (let s = 0; s < (causal ? t + 1 : k.rows); s++) {
            let weight = 0;
            for (let j = 0; j < 4; j++) weight += phi(q.data[t * 4 + j]) * phi(k.data[s * 4 + j]);
            sum += weight;
            for (let j = 0; j < 3; j++) want.data[t * 3 + j] += weight * v.data[s * 3 + j];
          }
          for (let j = 0; j < 3; j++) want.data[t * 3 + j] /= sum;
        }
        expectClose(linearAttention(q, k, v, { causal }), want);
      }),
      { seed: 9, numRuns: 100 },
    );
  });
});
