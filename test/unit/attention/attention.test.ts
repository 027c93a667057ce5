import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attention } from '../../../src/attention/attention.ts';
import { combine } from '../../../src/attention/combine.ts';
import { headTrace, headWeights } from '../../../src/attention/head-trace.ts';
import { attentionMask } from '../../../src/attention/mask.ts';
import { match } from '../../../src/attention/match.ts';
import { readMatrix } from '../../../src/tensor/deferred-matrix.ts';
import { type Matrix, matrix } from '../../../src/tensor/matrix.ts';
import { countOperations } from '../../../src/tensor/operation-count.ts';

const SEED = 20261122;
const size = fc.integer({ min: 1, max: 9 });

/** A matrix of the given shape with values in [−4, 4]. */
const values = (rows: number, cols: number) =>
  fc
    .array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: rows * cols, maxLength: rows * cols })
    .map((data) => matrix(rows, cols, new Float32Array(data)));

const qkv = fc
  .tuple(size, size, size, size)
  .chain(([t, s, dk, dv]) => fc.record({ q: values(t, dk), k: values(s, dk), v: values(s, dv) }));

function check<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, property), { seed: SEED, numRuns: 200 });
}

function rowSum(m: Matrix, row: number): number {
  return m.data.subarray(row * m.cols, (row + 1) * m.cols).reduce((a, b) => a + b, 0);
}

describe('match and combine', () => {
  test('rows of weights sum to 1 within 1e-6', () =>
    check(qkv, ({ q, k }) => {
      const { weights } = match(q, k);
      for (let t = 0; t < q.rows; t++) expect(Math.abs(rowSum(weights, t) - 1)).toBeLessThan(1e-6);
    }));

  test('agree with the formula written as loops within 1e-5', () =>
    check(qkv, ({ q, k, v }) => {
      const { weights } = match(q, k);
      const context = combine(weights, v);
      for (let t = 0; t < q.rows; t++) {
        const exps = Array.from({ length: k.rows }, (_, s) => {
          let dot = 0;
          for (let i = 0; i < q.cols; i++) dot += q.data[t * q.cols + i] * k.data[s * q.cols + i];
          return Math.exp(dot / Math.sqrt(q.cols));
        });
        const sum = exps.reduce((a, b) => a + b, 0);
        for (let j = 0; j < v.cols; j++) {
          let expected = 0;
          for (let s = 0; s < k.rows; s++) expected += (exps[s] / sum) * v.data[s * v.cols + j];
          expect(Math.abs(context.data[t * v.cols + j] - expected)).toBeLessThan(1e-5);
        }
      }
    }));

  test('a masked key has weight 0 and its value no effect; a fully masked row gives zeros, not NaN', () =>
    check(fc.tuple(qkv, fc.infiniteStream(fc.boolean())), ([{ q, k, v }, hidden]) => {
      const mask = matrix(q.rows, k.rows);
      for (let i = 0; i < mask.data.length; i++) {
        if (i < k.rows || hidden.next().value) mask.data[i] = Number.NEGATIVE_INFINITY; // row 0 fully
      }
      const { weights, scaled } = match(q, k, { mask });
      for (let i = 0; i < mask.data.length; i++) {
        if (mask.data[i] === 0) continue;
        expect(weights.data[i]).toBe(0);
        expect(scaled.data[i]).toBe(Number.NEGATIVE_INFINITY);
      }
      expect([...combine(weights, v).data.subarray(0, v.cols)]).toEqual(new Array(v.cols).fill(0));
      expect([...weights.data].some(Number.isNaN)).toBe(false);
    }));

  test('huge scores do not overflow', () => {
    const { weights } = match(matrix(1, 1, new Float32Array([1e18])), matrix(2, 1, new Float32Array([1e18, -1e18])));
    expect([...weights.data]).toEqual([1, 0]);
  });

  test('wrong widths are named', () => {
    expect(() => match(matrix(2, 3), matrix(2, 4))).toThrow(/3/);
    expect(() => combine(matrix(2, 3), matrix(2, 4))).toThrow(/3/);
    expect(() => match(matrix(2, 3), matrix(4, 3), { mask: matrix(4, 2) })).toThrow(/match/);
  });
});

describe('masks', () => {
  test('causal: nothing later than the query; with a cache the last query stands at the last key', () => {
    const seen = (m: Matrix) =>
      Array.from(
        { length: m.rows },
        (_, t) => [...m.data.slice(t * m.cols, (t + 1) * m.cols)].filter((x) => x === 0).length,
      );
    expect(seen(attentionMask(4, 4, { causal: true })!)).toEqual([1, 2, 3, 4]);
    expect(seen(attentionMask(2, 5, { causal: true })!)).toEqual([4, 5]);
  });

  test('padding: the keys named, for every query', () => {
    const mask = attentionMask(2, 3, { causal: false, padding: new Uint8Array([0, 1, 0]) })!;
    expect([...mask.data]).toEqual([0, -Infinity, 0, 0, -Infinity, 0]);
  });
});

/** Holds a head's weights, [T, S], to the formula written as loops; its queries and keys are 2 wide. */
function expectWeightsOf(q: Matrix, k: Matrix, head: number, causal: boolean, weights: Matrix): void {
  for (let t = 0; t < q.rows; t++) {
    const exps = Array.from({ length: k.rows }, (_, s) => {
      if (causal && s > t) return 0;
      const [qi, ki] = [t * q.cols + head * 2, s * k.cols + head * 2];
      return Math.exp((q.data[qi] * k.data[ki] + q.data[qi + 1] * k.data[ki + 1]) / Math.sqrt(2));
    });
    const sum = exps.reduce((a, b) => a + b, 0);
    for (let s = 0; s < k.rows; s++) expect(weights.data[t * k.rows + s]).toBeCloseTo(exps[s] / sum, 5);
  }
}

describe('heads', () => {
  const layer = size.chain((d) =>
    fc.tuple(size, size).chain(([t, s]) =>
      fc.record({
        input: values(t, d),
        memory: values(s, d),
        weights: fc.tuple(values(6, d), values(6, d), values(6, d), values(6, d)),
      }),
    ),
  );

  test('the outputs of all heads and the bias add up to the output of the layer, whatever the masks', () =>
    check(
      fc.tuple(layer, fc.boolean()),
      ([
        {
          input,
          memory,
          weights: [q, k, v, o],
        },
        self,
      ]) => {
        const bias = new Float32Array(input.cols).fill(0.25);
        const record = attention(
          input,
          self ? input : memory,
          {
            query: { weight: q, bias: undefined },
            key: { weight: k, bias: undefined },
            value: { weight: v, bias: undefined },
            outputWeight: o,
            outputBias: bias,
          },
          { heads: 3, causal: self },
        );
        const traces = [0, 1, 2].map((head) => headTrace(record, head));
        for (const [head, trace] of traces.entries()) {
          expect(trace.q.cols).toBe(2);
          expectWeightsOf(readMatrix(record.q), readMatrix(record.k), head, self, headWeights(record, head));
        }
        for (let i = 0; i < record.output.data.length; i++) {
          const sum = traces.reduce((total, { output }) => total + output.data[i], 0.25);
          expect(Math.abs(record.output.data[i] - sum)).toBeLessThan(1e-3);
        }
      },
    ));

  test('a head that the layer does not have is refused', () => {
    const w = { weight: matrix(2, 2), bias: undefined };
    const x = matrix(1, 2);
    const record = attention(
      x,
      x,
      { query: w, key: w, value: w, outputWeight: matrix(2, 2), outputBias: undefined },
      { heads: 2 },
    );
    expect(() => headTrace(record, 2)).toThrow(/head < 2/);
    expect(() => headWeights(record, -1)).toThrow(/head < 2/);
  });
});

test('multiplications are counted: T·S·(dₖ + dᵥ) for match and combine', () => {
  const { multiplications } = countOperations(() => {
    const { weights } = match(matrix(3, 4), matrix(5, 4));
    combine(weights, matrix(5, 7));
  });
  expect(multiplications).toBe(3 * 5 * (4 + 7));
});
