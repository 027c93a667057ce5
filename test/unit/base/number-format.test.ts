import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatText, formatNumber } from '../../../src/base/number-format.ts';

describe('exact numbers', () => {
  it('are grouped as the engine groups them, whole or not', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.double({ noNaN: true, min: 0, max: 1e9 })),
        (value) => {
          expect(formatNumber(value)).toBe(value.toLocaleString('en-US'));
        },
      ),
      { seed: 5 },
    );
    expect([0, 999, 1000, 1_281_024].map(formatNumber)).toEqual(['0', '999', '1,000', '1,281,024']);
  });
});

it('numbers as text give the same 32-bit float back, in as few digits as that takes', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (x) => Math.fround(Number(floatText(x))) === x),
    { seed: 7, numRuns: 3000 },
  );
  expect([Math.fround(0.1), 1e-7, -2.5, 1 / 3].map((x) => floatText(Math.fround(x)))).toEqual([
    '0.1',
    '1e-7',
    '-2.5',
    '0.33333334',
  ]);
});
