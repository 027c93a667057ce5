import fc from 'fast-check';
import { expect } from 'vitest';
import { AnchoredText } from '../../../../src/editor/pairs/anchored-text.ts';
import { type PairFormat, readPair, type WrittenPair } from '../../../../src/pair/data/pair-format.ts';
import { PairIndex } from '../../../../src/pair/data/pair-index.ts';
import type { WrittenText } from '../../../../src/pair/data/written-text.ts';

/** Texts as they are explored: with a letter, without white space around, and everything that has to be escaped. */
export const someText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...'abc I like 我喜欢 ’“”é') },
      fc.constantFrom(
        '"',
        '\\',
        '&',
        '<',
        '>',
        "'",
        ',',
        ';',
        '\n',
        '\t',
        '/',
        '😀',
        '\u0301',
        '\\n',
        '""',
        '&amp;',
        ']]>',
      ),
      fc.string({ unit: 'grapheme', maxLength: 2 }),
    ),
    { maxLength: 12 },
  )
  // XML has no control characters, and of line ends only \n comes through.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  .map((parts) => `w${parts.join('').replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g, '')}`.trim())
  .filter((text) => /\p{L}/u.test(text));

/** Two texts that are a pair: language, and not the same. */
export const somePair = fc.tuple(someText, someText).map(([a, b]): [string, string] => [`I ${a}`, `我 ${b}`]);

/** All pairs of a document. */
export function pairsOf(document: string, format: PairFormat): WrittenPair[] {
  const index = new PairIndex(format);
  expect(index.read(document, document.length, () => false)).toBe(true);
  return index.between(0, document.length).flatMap((place) => readPair(document, place, format) ?? []);
}

/** Source and target of all pairs of a document. */
export function textsOf(document: string, format: PairFormat): [string, string | undefined][] {
  return pairsOf(document, format).map(({ source, target }) => [source.text, target?.text]);
}

/** Every character of a decoded text stands where it is said to, told by an independent decoder of what stands there. */
export function checkPlaces(
  document: string,
  { text, start, writing }: WrittenText,
  decode: (raw: string) => string,
): void {
  const anchor = new AnchoredText(text, start, writing);
  for (let i = 0; i < text.length; i++) {
    const at = anchor.locate(i, i + 1);
    const raw = document.slice(at.start, at.end);
    expect(/^[\ud800-\udfff]$/.test(raw) ? raw : decode(raw)).toContain(text[i]);
    expect(anchor.offsetOf(at.start)).toBeGreaterThanOrEqual(i);
    expect(text.slice(i, anchor.offsetOf(at.start)! + 1).length).toBeLessThanOrEqual(2);
  }
  const parts = anchor.locateParts(0, text.length);
  expect(parts.map((part) => decode(document.slice(part.start, part.end))).join('')).toBe(text);
  expect(document.slice(anchor.start, anchor.end)).toBe(writing.written);
}
