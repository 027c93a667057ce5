import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFor } from '../../../../src/pair/data/format-detection.ts';
import type { PairFormat, PairPosition } from '../../../../src/pair/data/pair-format.ts';
import { PairIndex } from '../../../../src/pair/data/pair-index.ts';

const record = (i: number) => ({ id: i, source: `Sentence number ${i}, "quoted"`, target: `第 ${i} 句话` });
const records = (count: number) => Array.from({ length: count }, (_, i) => record(i));
const unit = ({ source, target }: ReturnType<typeof record>) =>
  `<trans-unit><source>${source}</source><target>${target}</target></trans-unit>`;

const FILES = {
  csv: (count: number) =>
    `source,target\n${records(count)
      .map((r) => `"${r.source.replaceAll('"', '""')}",${r.target}\n`)
      .join('')}`,
  tsv: (count: number) =>
    `source\ttarget\n${records(count)
      .map((r) => `${r.source}\t${r.target}\n`)
      .join('')}`,
  json: (count: number) => JSON.stringify(records(count), null, 1),
  jsonl: (count: number) =>
    records(count)
      .map((r) => `${JSON.stringify(r)}\n`)
      .join(''),
  po: (count: number) =>
    records(count)
      .map((r) => `msgid ${JSON.stringify(r.source)}\nmsgstr ${JSON.stringify(r.target)}\n\n`)
      .join(''),
  xliff: (count: number) => `<xliff><file><body>${records(count).map(unit).join('\n')}</body></file></xliff>`,
} as const;
const KINDS = Object.keys(FILES) as (keyof typeof FILES)[];

function all(format: PairFormat, text: string): readonly PairPosition[] {
  const index = new PairIndex(format);
  index.read(text, text.length, () => false);
  return index.between(0, text.length);
}

describe.each(KINDS)('the pairs of a %s file', (kind) => {
  it('are read in parts as they are read at once, wherever one begins', () => {
    const text = FILES[kind](2000);
    const { format } = formatFor(kind, text.slice(0, 65536));
    const expected = all(format!, text);
    expect(expected).toHaveLength(2000);
    const index = new PairIndex(format!);
    for (const [from, to] of [
      [0, 500],
      [90_000, 91_000],
      [50_000, 60_000],
      [text.length - 300, text.length],
      [0, text.length],
    ]) {
      let turns = 0;
      while (!index.read(text, to, () => true)) turns++;
      expect(turns).toBeLessThan(text.length / 16_384 + 2);
      expect(index.between(from, to)).toEqual(expected.filter(({ start }) => start >= from && start <= to));
      if (!format!.startAt) continue;
      const middle = new PairIndex(format!, format!.startAt(text, from));
      middle.read(text, to, () => false);
      expect(middle.between(0, to)).toEqual(expected.filter(({ start, end }) => end >= from && start <= to));
    }
  });

  it('are after edits what they would be of the new text', () => {
    const { format } = formatFor(kind, FILES[kind](40));
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(60),
      text: fc.constantFrom('', '"', '\n', 'x', '<', '}', '{', '\\', 'msgid "a"\nmsgstr "b"\n', ',', '\t'),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 5 }), fc.double({ min: 0, max: 1, noNaN: true }), (edits, part) => {
        let text = FILES[kind](700);
        const index = new PairIndex(format!);
        index.read(text, Math.floor(part * text.length), () => false);
        for (const { at, length, text: put } of edits) {
          const offset = Math.floor(at * text.length);
          text = text.slice(0, offset) + put + text.slice(offset + length);
          index.edited(offset);
          if (length % 2) index.read(text, Math.floor(part * text.length), () => false);
        }
        index.read(text, text.length, () => false);
        expect(index.between(0, text.length)).toEqual(all(format!, text));
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('are read through windows of the document as they are of the whole', () => {
    const text = FILES[kind](12_000);
    const { format } = formatFor(kind, text.slice(0, 65536));
    const expected = all(format!, text);
    fc.assert(
      fc.property(fc.array(fc.nat(400_000), { minLength: 1, maxLength: 8 }), (sizes) => {
        const index = new PairIndex(format!);
        for (let turn = 0; index.offset < text.length; turn++) {
          const base = Math.max(0, index.needs - 1 - (sizes[turn % sizes.length] % 300));
          const to = index.offset + 280_000 + sizes[turn % sizes.length];
          const window = { text: text.slice(base, to), base, last: to >= text.length };
          expect(index.readWindow(window, text.length, () => false)).toBe(window.last ? 'known' : 'short');
        }
        expect(index.between(0, text.length)).toEqual(expected);
      }),
      { seed: 5, numRuns: 12 },
    );
  });

  it('a string longer than a window is not taken for the end of the file', () => {
    const text = FILES[kind](300).replace('e', 'e'.repeat(500_000));
    const { format } = formatFor(kind, FILES[kind](300));
    const index = new PairIndex(format!);
    for (let size = 300_000; index.offset < text.length; size *= 2) {
      const base = Math.max(0, index.needs - 1);
      index.readWindow(
        { text: text.slice(base, base + size), base, last: base + size >= text.length },
        text.length,
        () => false,
      );
    }
    expect(index.between(0, text.length)).toEqual(all(format!, text));
  });

  it('a file of 100,000 records is read no further than asked', () => {
    const text = FILES[kind](100_000);
    const { format } = formatFor(kind, text.slice(0, 65536));
    let read = 0;
    const counting: PairFormat = {
      ...format!,
      read(whole, state, until, found) {
        const next = format!.read(whole, state, until, found);
        read += next.offset - state.offset;
        return next;
      },
    };
    new PairIndex(counting).read(text, 20_000, () => false);
    expect(read).toBeLessThan(60_000);
  });
});
