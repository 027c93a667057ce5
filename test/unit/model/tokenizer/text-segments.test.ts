import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { segmentsOf } from '../../../../src/model/tokenizer/text-segments.ts';
import { anyText } from './invariants.ts';

describe.each(['word', 'grapheme'] as const)('segmentsOf by %s', (granularity) => {
  const segmenter = new Intl.Segmenter('zh', { granularity });

  test('gives what the segmenter gives, however long the text', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 10, maxLength: 60 }), (parts) => {
        const text = parts.join(' x。');
        const plain = [...segmenter.segment(text)].map(({ segment, index }) => `${index} ${segment}`);
        expect([...segmentsOf(segmenter, text)].map(({ segment, index }) => `${index} ${segment}`)).toEqual(plain);
      }),
      { seed: 5, numRuns: 60 },
    );
  });

  test('a text with nowhere to cut comes back whole, no character cut', () => {
    const text = `a${'𠮷e\u0301'.repeat(5000)}`;
    const segments = [...segmentsOf(segmenter, text)].map(({ segment }) => segment);
    expect(segments.join('')).toBe(text);
    for (const segment of segments) expect(segment).not.toMatch(/^(?:[\udc00-\udfff]|\u0301)/);
  });
});
