import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { fromBase64, toBase64 } from '../../../src/base/bytes.ts';

it.each(['Node', 'a browser'])('base64 gives every byte back in %s, over its chunks too', (host) => {
  const long = Uint8Array.from({ length: 70_001 }, (_, i) => i % 251);
  const expected = Buffer.from(long).toString('base64');
  if (host === 'a browser') vi.stubGlobal('Buffer', undefined);
  try {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
      }),
      { seed: 3 },
    );
    expect(toBase64(long)).toBe(expected);
  } finally {
    vi.unstubAllGlobals();
  }
});
