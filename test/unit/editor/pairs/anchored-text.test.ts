import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnchoredText, type TextChange } from '../../../../src/editor/pairs/anchored-text.ts';
import { readWriting, type Syntax } from '../../../../src/pair/data/written-text.ts';

const BEFORE = 'one two three\n';
const TEXT = 'I like ice cream.';

function apply(document: string, { offset, length, text }: TextChange): string {
  return document.slice(0, offset) + text + document.slice(offset + length);
}

function edited(change: TextChange) {
  const anchor = new AnchoredText(TEXT, BEFORE.length);
  const document = apply(`${BEFORE}${TEXT} and after`, change);
  anchor.follow([change], document);
  const word = (from: string) => {
    const at = TEXT.indexOf(from);
    const { start, end } = anchor.locate(at, at + from.length);
    return document.slice(start, end);
  };
  return { anchor, document, word };
}

describe('AnchoredText', () => {
  it('moves with an edit before it and is not stale', () => {
    const { anchor, document } = edited({ offset: 0, length: 4, text: 'and many more ' });
    expect(document.slice(anchor.start, anchor.end)).toBe(TEXT);
    expect(anchor.stale).toBe(false);
  });

  it.each([BEFORE.length, BEFORE.length + TEXT.length])('leaves what is typed at its edge (%i) outside', (offset) => {
    const { anchor, document } = edited({ offset, length: 0, text: 'xyz' });
    expect(document.slice(anchor.start, anchor.end)).toBe(TEXT);
    expect(anchor.stale).toBe(false);
  });

  it('is stale after an edit inside, and its words are still found', () => {
    const { anchor, word } = edited({ offset: BEFORE.length + TEXT.indexOf('ice'), length: 0, text: 'cold ' });
    expect(anchor.stale).toBe(true);
    expect([word('like'), word('ice'), word('cream')]).toEqual(['like', 'ice', 'cream']);
  });

  it('marks the replacement of a word that was replaced', () => {
    const { word } = edited({ offset: BEFORE.length + TEXT.indexOf('ice'), length: 3, text: 'sour' });
    expect([word('like'), word('ice'), word('cream')]).toEqual(['like', 'sour', 'cream']);
  });

  it('is as it was after the edit is undone, even a deletion of everything', () => {
    const { anchor, document } = edited({ offset: 3, length: BEFORE.length + TEXT.length, text: '' });
    expect(anchor.stale).toBe(true);
    const undo = { offset: 3, length: 0, text: `${BEFORE}${TEXT} and after`.slice(3, 3 + BEFORE.length + TEXT.length) };
    const again = apply(document, undo);
    anchor.follow([undo], again);
    expect(again.indexOf(TEXT)).toBe(BEFORE.length);
    if (!anchor.stale) expect(again.slice(anchor.start, anchor.end)).toBe(TEXT);
  });

  it('keeps order and bounds through any edits, and offsetOf undoes locate where nothing changed', () => {
    const edit = fc.record({ offset: fc.nat(60), length: fc.nat(8), text: fc.string({ maxLength: 8 }) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
        let document = `${BEFORE}${TEXT} and after`;
        const anchor = new AnchoredText(TEXT, BEFORE.length);
        for (const { offset, length, text } of edits) {
          const from = Math.min(offset, document.length);
          const change = { offset: from, length: Math.min(length, document.length - from), text };
          document = apply(document, change);
          anchor.follow([change], document);
        }
        let last = anchor.start;
        for (let i = 0; i < TEXT.length; i++) {
          const { start, end } = anchor.locate(i, i + 1);
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(document.length);
          last = start;
          if (!anchor.stale) expect(document.slice(start, end)).toBe(TEXT[i]);
          if (!anchor.stale) expect(anchor.offsetOf(start)).toBe(i);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

/** Documents with the text between two bars, as different files write it. */
const WRITTEN: readonly (readonly [Syntax, string, string])[] = [
  ['json', '{"en": "I don\\u2019t \\"know\\" \\ud83d\\ude00."}', 'I don’t "know" 😀.'],
  ['csv', '1,"He said ""no"".",他', 'He said "no".'],
  ['po', 'msgid ""\n"Two \\"long\\" "\n  "lines\\342\\200\\246"\n', 'Two "long" lines…'],
  ['xml', '<source>Fish &amp; <g id="1">chips</g> &#x1F600;!</source>', 'Fish & chips 😀!'],
];

function writtenIn(syntax: Syntax, document: string) {
  const inner = { json: /"(I.*)"/, csv: /"(.*)"/, po: /"(.*)"/s, xml: /<source>(.*)<\/source>/, plain: /(.*)/ }[syntax];
  const match = inner.exec(document)!;
  const from = match.index + match[0].indexOf(match[1]);
  const read = readWriting(syntax, document, from, from + match[1].length)!;
  return new AnchoredText(read.text, read.start, read.writing);
}

describe.each(WRITTEN)('AnchoredText of a text written in %s', (syntax, document, text) => {
  it('stands where it is written, survives being stored, and is found again when the document has moved it', () => {
    const anchor = writtenIn(syntax, document);
    expect(anchor.text).toBe(text);
    expect(document.slice(anchor.start, anchor.end)).toBe(anchor.written);
    const stored = JSON.parse(JSON.stringify({ text, start: anchor.start, writing: anchor.writing }));
    const again = new AnchoredText(stored.text, stored.start, stored.writing);
    for (let i = 0; i < text.length; i++) expect(again.locate(i, i + 1)).toEqual(anchor.locate(i, i + 1));
    const moved = `more\n${document}`;
    const there = new AnchoredText(text, moved.indexOf(anchor.written), anchor.writing);
    there.follow([], moved);
    expect(there.stale).toBe(false);
  });

  it('is stale after any edit inside, and as it was when that is undone', () => {
    for (let at = 0; at <= document.length; at++) {
      const anchor = writtenIn(syntax, document);
      const before = Array.from(text, (_, i) => anchor.locate(i, i + 1));
      const { start, end } = anchor;
      const change = { offset: at, length: 0, text: 'x' };
      const edited = apply(document, change);
      anchor.follow([change], edited);
      expect(anchor.stale).toBe(at > start && at < end);
      anchor.follow([{ offset: at, length: 1, text: '' }], document);
      expect(anchor.stale).toBe(false);
      expect(Array.from(text, (_, i) => anchor.locate(i, i + 1))).toEqual(before);
    }
  });

  it('keeps order and bounds through any edits', () => {
    const edit = fc.record({ offset: fc.nat(80), length: fc.nat(8), text: fc.string({ maxLength: 8 }) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
        let now = document;
        const anchor = writtenIn(syntax, document);
        for (const { offset, length, text: put } of edits) {
          const from = Math.min(offset, now.length);
          const change = { offset: from, length: Math.min(length, now.length - from), text: put };
          now = apply(now, change);
          anchor.follow([change], now);
          let last = anchor.start;
          for (let i = 0; i < text.length; i++) {
            const { start, end } = anchor.locate(i, i + 1);
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(now.length);
            last = start;
          }
          if (!anchor.stale) expect(now.slice(anchor.start, anchor.end)).toBe(anchor.written);
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
