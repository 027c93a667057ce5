import { describe, expect, test } from 'vitest';
import type { AttentionRecord } from '../../../../src/attention/attention-record.ts';
import { attentionMask } from '../../../../src/attention/mask.ts';
import { drain } from '../../../../src/base/scheduling.ts';
import { TILED_ABOVE } from '../../../../src/contract/state-bounds.ts';
import { mostEntropy } from '../../../../src/insight/head-measures.ts';
import { overviewInSteps } from '../../../../src/insight/overview.ts';
import { maskOf } from '../../../../src/insight/state-selection.ts';
import { matrix } from '../../../../src/tensor/matrix.ts';
import { countOperations } from '../../../../src/tensor/operation-count.ts';

/** Self-attention whose head 0 looks at its own place alone, and head 1 at the first token. */
function record(tokens: number): AttentionRecord {
  const q = matrix(tokens, 4);
  const k = matrix(tokens, 4);
  for (let t = 0; t < tokens; t++) {
    const angle = (2 * Math.PI * t) / tokens;
    q.data.set([Math.cos(angle) * 1e7, Math.sin(angle) * 1e7, 1, 0], t * 4);
    k.data.set([Math.cos(angle), Math.sin(angle), t === 0 ? 50 : 0, 0], t * 4);
  }
  return {
    input: matrix(tokens, 0),
    q,
    k,
    v: matrix(tokens, 4),
    heads: 2,
    divisor: 1,
    causal: false,
    bias: undefined,
    outputWeight: matrix(4, 0),
    outputBias: undefined,
    output: matrix(tokens, 0),
  };
}

const overviewOf = (...given: Parameters<typeof overviewInSteps>) => drain(overviewInSteps(...given));

const axes = (tokens: number) => {
  const all = Array.from({ length: tokens }, () => ({ special: false }));
  return { rows: all, cols: all, self: true };
};

describe('the overview of a long run', () => {
  test('says of a sample what is so of the whole, at a cost that grows with S alone', () => {
    const tokens = 1200;
    expect(tokens * tokens).toBeGreaterThan(TILED_ABOVE);
    let overview = overviewOf([], axes(0));
    const { multiplications } = countOperations(() => {
      overview = overviewOf([record(tokens)], axes(tokens));
    });
    expect(multiplications).toBe(2 * 64 * tokens * 2);
    const [own, first] = overview.measures.diagonal;
    expect(own).toBeCloseTo(1, 3);
    expect(first).toBeLessThan(0.2);
    expect([...overview.measures.sink][1]).toBeCloseTo(1, 3);
    expect(overview.sinks[1]).toBe(0);
    // The diagonal of head 0, the first column of head 1.
    const { rows, cols, values } = overview;
    for (let row = 0; row < rows; row++) {
      expect(values[row * cols + row]).toBeGreaterThan(0.5);
      expect(values[rows * cols + row * cols]).toBeGreaterThan(0.9);
    }
  });

  test('knows the entropy of the sample, with forced rows and without', () => {
    const even = { ...record(1200), q: matrix(1200, 4) };
    const forced = { heads: [0], query: 9, keys: [3] };
    for (const one of [even, { ...even, change: { forced } }]) {
      const [entropy] = overviewOf([one], axes(1200)).measures.entropy;
      // Row 9 is one of the 64, and has all its weight on one key.
      expect(entropy).toBeCloseTo(Math.log(1200) * ('change' in one ? 63 / 64 : 1), 4);
    }
  });

  test('of a shorter one is that of all rows', () => {
    const tokens = 100;
    const { multiplications } = countOperations(() => void overviewOf([record(tokens)], axes(tokens)));
    expect(multiplications).toBe(2 * tokens * tokens * 2);
  });
});

test('the most entropy that a mask leaves is counted without the mask', () => {
  const some = (tokens: number, every: number) =>
    Uint8Array.from({ length: tokens }, (_, s) => (s % every === 0 ? 1 : 0));
  for (const causal of [false, true]) {
    for (const padding of [undefined, some(23, 5)]) {
      for (const hidden of [undefined, some(23, 3), new Uint8Array(23).fill(1)]) {
        const one = { ...record(23), causal, padding, change: { hidden } };
        const masked = maskOf(one);
        const mask = attentionMask(23, 23, { causal, padding, hidden });
        let sum = 0;
        for (let t = 0; t < 23; t++) {
          let keys = 0;
          for (let s = 0; s < 23; s++) {
            if (!masked(t, s)) keys++;
            expect(masked(t, s)).toBe(mask !== undefined && mask.data[t * 23 + s] !== 0);
          }
          sum += Math.log(Math.max(1, keys));
        }
        expect(mostEntropy(one)).toBeCloseTo(sum / 23, 10);
      }
    }
  }
});
