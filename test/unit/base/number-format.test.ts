import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exact } from '../../../src/base/number-format.ts';

describe('exact numbers', () => {
  it('are grouped as the engine groups them, whole or not', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.double({ noNaN: true, min: 0, max: 1e9 })),
        (value) => {
          expect(exact(value)).toBe(value.toLocaleString('en-US'));
        },
      ),
      { seed: 5 },
    );
    expect([0, 999, 1000, 1_281_024].map(exact)).toEqual(['0', '999', '1,000', '1,281,024']);
  });
});
