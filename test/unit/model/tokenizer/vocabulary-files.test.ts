import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PrefixIndex } from '../../../../src/model/tokenizer/prefix-index.ts';
import { readModelProto } from '../../../../src/model/tokenizer/sentencepiece/sentencepiece-file.ts';
import { readVocabulary } from '../../../../src/model/tokenizer/tokenizer-files.ts';

const RUNS = { seed: 9, numRuns: 500 };
const key = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('"', '\\', ':', ',', ' ', '{', '}', '▁', '😀', '\n') }),
);

const entries = fc.array(fc.tuple(key, fc.integer({ min: 0, max: 0x7fffffff })), { minLength: 1 });
/** As Python writes it by default: ASCII alone. */
const ascii = (text: string) =>
  text.replace(/[^ -~\n\t]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
/** An object may have a key named `__proto__`, and keys that are written like numbers come first in it. */
const byHand = (text: string) => {
  const found = new Map<string, unknown>();
  for (const one of Object.entries(JSON.parse(text))) found.set(...one);
  return found;
};

const sorted = (map: ReadonlyMap<string, unknown>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

const vocabulary = (text: string) =>
  readVocabulary({ folder: 'm', read: async () => new TextEncoder().encode(text) }, 'vocab.json');

describe('vocabularies as JSON', () => {
  test('are read as they are written, whatever the keys are', async () => {
    await fc.assert(
      fc.asyncProperty(entries, fc.constantFrom(undefined, 1, 2, '\t'), fc.boolean(), async (all, indent, plain) => {
        const written = JSON.stringify(Object.fromEntries(all), undefined, indent);
        const text = plain ? ascii(written) : written;
        expect(sorted((await vocabulary(text))!)).toEqual(sorted(byHand(text)));
      }),
      RUNS,
    );
  });

  test.each([
    '',
    '{}',
    '{"a":1.5}',
    '{"a":-1}',
    '{"a":01}',
    '{"a":2147483648}',
    '{"a":"b"}',
    '{"a":1}}',
    '["a",1]',
    '{"a":1,}',
    '{"a"',
  ])('%s is refused', (text) => expect(vocabulary(text)).rejects.toMatchObject({ code: 'tokenizer-file' }));

  test('of equal keys the last counts, also where they are written in two ways', async () => {
    expect([...(await vocabulary('{"a": 1, "\\u0061": 2}'))!]).toEqual([['a', 2]]);
  });
});

test('pieces are found as by comparing with every one', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '▁', '😀'), maxLength: 5 });
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 30 }), fc.array(letters), (pieces, parts) => {
      const index = new PrefixIndex();
      for (const [id, piece] of pieces.entries()) {
        if (id % 2 === 0) index.add(piece, id);
        else index.add(`x${piece}y`, id, 1, 1 + piece.length);
      }
      const text = parts.join('');
      const ids = new Map(pieces.map((piece, id) => [piece, id]));
      for (let at = 0; at < text.length; at++) {
        const found: [number, number][] = [];
        index.prefixes(text, at, (id, end) => found.push([id, end]));
        const expected = [...ids].filter(([piece]) => piece !== '' && text.startsWith(piece, at));
        expected.sort(([a], [b]) => a.length - b.length);
        expect(found).toEqual(expected.map(([piece, id]) => [id, at + piece.length]));
      }
    }),
    RUNS,
  );
});

describe('SentencePiece files', () => {
  const encoder = new TextEncoder();
  const float = (value: number) => [...new Uint8Array(Float32Array.of(value).buffer)];
  const message = (field: number, bytes: readonly number[]) => [
    field * 8 + 2,
    ...(bytes.length < 128 ? [bytes.length] : [(bytes.length & 127) | 128, bytes.length >> 7]),
    ...bytes,
  ];
  type Piece = { readonly text: readonly number[]; readonly score: number; readonly type: number };
  /** As sentencepiece writes a piece, and three ways that mean the same. */
  const writings: readonly ((piece: Piece) => number[])[] = [
    ({ text, score, type }) => [...message(1, text), 0x15, ...float(score), ...(type === 1 ? [] : [0x18, type])],
    ({ text, score, type }) => [0x18, type, 0x15, ...float(score), ...message(1, text)],
    ({ text, score, type }) => [...message(1, text), 0x15, ...float(score), 0x18, type | 128, 0],
    ({ text, score, type }) => [...message(1, text), 0x18, type, 0x15, ...float(score), 0x20, 5],
  ];
  const file = (pieces: readonly Piece[], writing: (i: number) => number) =>
    Uint8Array.from([
      ...message(1, writings[0]({ text: [60, 117, 62], score: 0, type: 2 })),
      ...pieces.flatMap((piece, i) => message(1, writings[writing(i)](piece))),
    ]);
  const pieces = fc.array(
    fc.record({
      text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 70 }).map((text) => [...encoder.encode(text)]),
      score: fc.float({ noNaN: true, noDefaultInfinity: true }),
      type: fc.constantFrom(1, 3, 4, 5),
    }),
  );

  test('mean the same however their pieces are written', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.nat({ max: 3 }), { minLength: 1 }), (all, ways) => {
        const {
          pieces: found,
          scores,
          types,
        } = readModelProto(
          file(all, (i) => ways[i % ways.length]),
          'x',
        );
        const texts = all.map(({ text }) =>
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(text)),
        );
        expect(found).toEqual(['<u>', ...texts]);
        expect([...scores]).toEqual([0, ...all.map(({ score }) => score)]);
        expect([...types]).toEqual([2, ...all.map(({ type }) => type)]);
      }),
      RUNS,
    );
  });

  test.each([
    [
      'a character that the next piece would complete',
      [
        [0xe2, 0x96],
        [0x81, 0x61],
      ],
    ],
    ['a piece that ends within a character', [[0x61, 0xe2, 0x96], [0x61]]],
    ['a byte that begins none', [[0xff], [0x61]]],
  ])('are refused for %s', (_, texts) => {
    for (const writing of [0, 1]) {
      const bytes = file(
        texts.map((text) => ({ text, score: -1, type: 1 })),
        () => writing,
      );
      expect(() => readModelProto(bytes, 'x')).toThrow(/not UTF-8/);
    }
  });

  test.each([
    ['score', { text: [97], score: Number.NaN, type: 1 }, /score of “a” is not a number/],
    ['type', { text: [97], score: 0, type: 7 }, /“a” is of the unknown type 7/],
    ['text', { text: [], score: 0, type: 1 }, /a piece of it is empty/],
  ])('are refused for a %s that is none, however it is written', (_, piece, message) => {
    for (const writing of [0, 1, 2, 3])
      expect(() =>
        readModelProto(
          file([piece], () => writing),
          'x',
        ),
      ).toThrow(message);
  });
});
