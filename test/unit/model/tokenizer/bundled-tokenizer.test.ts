import { Tokenizer as Library } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadTokenizer } from '../../../../src/model/loading/load-tokenizer.ts';
import type { Tokenizer } from '../../../../src/model/model.ts';
import { anyText, expectPlaced } from './invariants.ts';
import { bundled } from './read-bundled.ts';

const parse = async (name: string) => JSON.parse(new TextDecoder().decode(await bundled.read(name)));

describe('the bundled tokenizer', () => {
  let tokenizer: Tokenizer;
  let library: Library;
  beforeAll(async () => {
    tokenizer = (await loadTokenizer(bundled, 8000))!;
    library = new Library(await parse('tokenizer.json'), await parse('tokenizer_config.json'));
  });

  /** Words as [text, …], specials left out. */
  const words = (text: string): string[] => {
    const spans = new Map<number, [number, number]>();
    for (const { word, start, end, special } of tokenizer.encode(text)) {
      if (special || text.slice(start, end).trim() === '') continue;
      const span = spans.get(word);
      spans.set(word, span ? [Math.min(span[0], start), Math.max(span[1], end)] : [start, end]);
    }
    return [...spans.values()].map(([start, end]) => text.slice(start, end));
  };

  test('pieces say where they stand, and words are numbered', () => {
    const text = 'I like eating ice cream.';
    const tokens = tokenizer.encode(text, { prefix: '>>cmn<<' });
    expect(tokens[0]).toEqual({ id: 7997, text: '>>cmn<<', start: 0, end: 0, special: true, word: 0 });
    expect(tokens.at(-1)).toMatchObject({ id: 0, text: '</s>', start: 24, end: 24, special: true });
    for (const { text: shown, start, end, special } of tokens) if (!special) expect(text.slice(start, end)).toBe(shown);
    expect(words(text)).toEqual(['I', 'like', 'eating', 'ice', 'cream', '.']);
  });

  test('Chinese has words too', () => {
    expect(words('我喜欢吃冰淇淋。')).toEqual(['我', '喜欢', '吃', '冰淇淋', '。']);
    expect(words('他说：“你好！”')).toEqual(['他', '说', '：', '“', '你好', '！', '”']);
  });

  test.each([
    ["Tom doesn't know.", ['Tom', "doesn't", 'know', '.']],
    ['  two   blanks  ', ['two', 'blanks']],
    ['cafe\u0301 au lait', ['cafe\u0301', 'au', 'lait']],
    ['שלום עולם', ['שלום', 'עולם']],
    ['', []],
    ['   ', []],
  ])('words of %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('an accent written as a mark of its own belongs to its letter', () => {
    const text = 'cafe\u0301!';
    const pieces = tokenizer.encode(text).map(({ start, end }) => text.slice(start, end));
    expect(pieces.some((piece) => piece.endsWith('e\u0301'))).toBe(true);
    expect(pieces.some((piece) => piece.endsWith('e'))).toBe(false);
  });

  test('what the model does not know is shown as written, and an emoji of several parts stays whole', () => {
    const text = 'x 👩‍👩‍👧 y';
    const unknown = tokenizer.encode(text).filter((token) => token.id === 1);
    expect(unknown).toHaveLength(1);
    expect(unknown[0]).toMatchObject({ text: '👩‍👩‍👧', special: false, start: 2, end: 10 });
  });

  test('text that looks like a special token stays text, the tag that was asked for does not', () => {
    const tokens = tokenizer.encode('>>eng<< </s> <unk> <pad>', { prefix: '>>cmn<<' });
    expect(tokens.filter((token) => token.special).map((token) => token.text)).toEqual(['>>cmn<<', '</s>']);
    expect(tokens.map((token) => token.id)).not.toContain(7998);
    expect(tokens.map((token) => token.id)).not.toContain(7999);
  });

  test('a tag that the tokenizer has not is named', () => {
    expect(() => tokenizer.encode('hi', { prefix: '>>tlh<<' })).toThrow(/>>tlh<</);
  });

  test('labels and text of ids', () => {
    expect(tokenizer.label(0)).toEqual({ text: '</s>', special: true });
    expect(tokenizer.label(7997)).toEqual({ text: '>>cmn<<', special: true });
    const [like] = tokenizer.encode('like');
    expect(tokenizer.label(like.id)).toEqual({ text: 'like', special: false });
    expect(tokenizer.label(123456)).toEqual({ text: '#123456', special: false });
    expect(tokenizer.decode([])).toBe('');
    expect(tokenizer.decode([7997, ...tokenizer.encode('我喜欢吃冰淇淋。').map((x) => x.id), 7999])).toBe(
      '我喜欢吃冰淇淋。',
    );
    expect(tokenizer.decode(tokenizer.encode('I like eating ice cream.').map((x) => x.id))).toBe(
      'I like eating ice cream.',
    );
  });

  test('ids are the library’s, and every piece of any text has its place', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = tokenizer.encode(text);
        expect(tokens.map((token) => token.id)).toEqual(library.encode(text).ids);
        expectPlaced(text, tokens);
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });

  test('a whole book is tokenized, not refused by the stack', () => {
    const tokens = tokenizer.encode('我 '.repeat(130_000));
    expect(tokens.length).toBeGreaterThan(130_000);
    expect(tokens.at(-2)?.end).toBe(260_000);
  }, 60_000);
});
