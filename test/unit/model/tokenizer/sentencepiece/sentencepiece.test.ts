import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ExplorerError } from '../../../../../src/contract/error.ts';
import { loadTokenizer } from '../../../../../src/model/loading/load-tokenizer.ts';
import { expectPlaced } from '../invariants.ts';
import { folderOf } from '../tokenizer-files.ts';
import { sentencePieceFixture } from './sentencepiece-files.ts';

const FOLDER = join(import.meta.dirname, '../../../../fixtures/sentencepiece');
const NAMES = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.model') ? [file.slice(0, -6)] : []));
/** What rules and white space drop without a trace. */
const DROPPED = /[\p{C}\p{M}\p{Z}\s\ufffd▁]/u;

describe.each(NAMES)('%s', (name) => {
  const { bytes, proto, rows } = sentencePieceFixture(name);

  test('ids are those of the sentencepiece library, and every piece has its place', async () => {
    // T5 takes the ids of the file as they are.
    const files = {
      'spiece.model': bytes,
      'tokenizer_config.json': { extra_ids: 0, eos_token: proto.pieces[proto.unknown] },
    };
    const tokenizer = (await loadTokenizer(folderOf(files), 10_000, 't5'))!;
    expect(rows.length).toBeGreaterThan(200);
    for (const [text, ids] of rows) {
      const tokens = tokenizer.encode(text, { around: { before: [], after: [] } });
      expect(
        tokens.map(({ id }) => id),
        JSON.stringify(text),
      ).toEqual(ids);
      expectPlaced(text, tokens, { dropped: DROPPED });
    }
  });
});

describe('a piece knows where it stands', () => {
  const places = async (name: string, text: string) => {
    const tokenizer = (await loadTokenizer(folderOf({ 'spiece.model': sentencePieceFixture(name).bytes }), 10_000))!;
    return tokenizer
      .encode(text, { around: { before: [], after: [] } })
      .map(({ start, end }) => text.slice(start, end));
  };

  test('behind white space that is left out, and through compatibility forms', async () => {
    expect(await places('unigram-nmt-nfkc', '  我   喜欢 ')).toEqual(expect.arrayContaining(['我', '喜欢']));
    const full = await places('unigram-nmt-nfkc', '１２３ｋｍ');
    expect(full.join('')).toBe('１２３ｋｍ');
  });

  test('bytes of a character all stand for it', async () => {
    const pieces = await places('unigram-bytes', '龘');
    expect(pieces.slice(-3)).toEqual(['龘', '龘', '龘']);
  });

  test('half a surrogate pair is a replacement character to the model, and stays where it was', async () => {
    expect((await places('unigram-bytes', '我们 \ud83d')).at(-1)).toBe('\ud83d');
  });
});

describe('a damaged model file is refused by name', () => {
  const { bytes } = sentencePieceFixture('unigram-suffix');
  const field = (number: number, content: readonly number[]) => [number * 8 + 2, content.length, ...content];
  const piece = (text: string, type = 1) => field(1, [...field(1, [...new TextEncoder().encode(text)]), 24, type]);
  const file = (...parts: number[][]) => Uint8Array.from(parts.flat());

  test.each<[string, Uint8Array, RegExp]>([
    ['empty', new Uint8Array(), /no pieces/],
    ['text', new TextEncoder().encode('{"model": 1}'), /wire type|ends inside|no SentencePiece/],
    ['cut', bytes.slice(0, -7), /ends inside/],
    ['a length beyond the file', file([10, 255, 255, 255, 127]), /ends inside a field/],
    ['a number without end', file([10, ...new Array(11).fill(255)]), /too long/],
    ['no unknown piece', file(piece('a')), /no unknown piece/],
    ['two unknown pieces', file(piece('a', 2), piece('b', 2)), /two unknown pieces/],
    ['an empty piece', file(piece('')), /is empty/],
    ['a piece that is no text', file(field(1, field(1, [0xff]))), /not UTF-8/],
    ['a type that nobody knows', file(piece('a', 9)), /unknown type 9/],
    ['a score that is no number', file(field(1, [...field(1, [97]), 21, 0, 0, 0xc0, 0x7f])), /score of “a”/],
    ['words', file(piece('a', 2), field(2, [24, 3])), /its type is word/],
    ['bytes that are missing', file(piece('a', 2), field(2, [0x98, 2, 1])), /256 bytes/],
    ['a broken table of characters', file(piece('a', 2), field(3, field(2, [9, 9, 9, 9, 9]))), /table of characters/],
  ])('%s', async (_, content, reason) => {
    const error = await loadTokenizer(folderOf({ 'spiece.model': content }), 10_000).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ExplorerError);
    expect(error).toMatchObject({ code: 'tokenizer-file', message: expect.stringMatching(reason) });
    expect((error as Error).message).toContain('/models/small/spiece.model');
  });
});
