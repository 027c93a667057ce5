import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSlowly } from '../../../src/base/scheduling.ts';

describe('encoding in slices', () => {
  it('gives the bytes that encoding at once gives, whatever is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (text, part) => {
          expect(await encodeSlowly(text, part)).toEqual(new TextEncoder().encode(text));
        },
      ),
      { seed: 5 },
    );
  });

  it('leaves halves of characters what they are: unknown', async () => {
    for (const text of ['', '\ud83d', 'a\ud83d', '\ude00a', '\ud83d\ud83d\ude00'])
      expect(await encodeSlowly(text, 1)).toEqual(new TextEncoder().encode(text));
  });
});
