import fc from 'fast-check';
import { expect } from 'vitest';
import type { TokenInfo } from '../../../../src/contract/run.ts';

/** Text as people (and others) write it: scripts, accents in both forms, emoji, white space, broken surrogates. */
export const anyText = fc.string({
  unit: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...'the cat fiqu a.b,C!9 ', ' ', '  ', '\n', '\t', '\u00a0', '\u3000') },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        '我',
        '我们',
        '喜欢',
        '冰淇淋',
        '。',
        'ガ',
        'ｶﾞ',
        '한',
        '\u1112\u1161\u11ab',
        '𠮷',
        'the ',
      ),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom('é', 'e\u0301', 'ﬁ', 'İ', 'Σ', 'ς', 'Å', 'ọ\u0302', 'ａ', '①', '½', '…', 'qu', 'QU'),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '👍',
        '👩‍👩‍👧',
        '🇨🇳',
        '👍🏽',
        '\ud83d',
        '\udc4d',
        '\u200b',
        '\u200d',
        '\u0301',
        '\u0000',
        '\ufffd',
      ),
    },
    { weight: 2, arbitrary: fc.constantFrom('שָׁלוֹם', 'مرحبا', 'ไทย', 'हिन्दी', '▁', 'Ġ', '##', '<keep>') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
  ),
  maxLength: 24,
});

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * What must hold of the tokens of any text. `dropped`: letters that this tokenizer's normalizer may throw away in the
 * middle of white space, so that no piece stands beside them.
 */
export function expectPlaced(text: string, tokens: readonly TokenInfo[], options: { dropped?: RegExp } = {}): void {
  const within = new Int32Array(text.length + 1);
  let count = 0;
  for (const { segment, index } of graphemes.segment(text)) within.fill(count++, index, index + segment.length);
  const covered = new Uint8Array(text.length);
  let reached = 0;
  let earliest = 0;
  let word = -1;
  for (const { start, end, special, text: shown, word: number } of tokens) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(shown).not.toBe('');
    expect(number - word === 0 || number - word === 1).toBe(true);
    word = number;
    if (special) {
      expect(start).toBe(end);
      continue;
    }
    for (const at of [start, end]) {
      const cut = /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');
      expect(cut, `a surrogate pair is cut at ${at}`).toBe(false);
    }
    if (end === start) continue;
    expect(start).toBeGreaterThanOrEqual(earliest);
    earliest = start;
    // Pieces overlap only inside one character as a person sees it.
    if (start < reached) expect(within[reached - 1]).toBe(within[start]);
    reached = Math.max(reached, end);
    covered.fill(1, start, end);
  }
  for (let i = 0; i < text.length; i++) {
    if (/\s/.test(text[i]) || covered[i] || options.dropped?.test(text[i])) continue;
    expect.fail(`${JSON.stringify(text[i])} at ${i} of ${JSON.stringify(text)} belongs to no piece`);
  }
}
