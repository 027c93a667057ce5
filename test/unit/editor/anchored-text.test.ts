import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnchoredText, type TextChange } from '../../../src/editor/anchored-text.ts';

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
