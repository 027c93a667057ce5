import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linePair, type Pair, splitPair } from '../../../src/pair/text-pair.ts';

const texts = (pair: Pair) => [pair.source.text, pair.target?.text];

describe('splitPair', () => {
  test.each([
    ['I like it.\t我喜欢。', 'I like it.', '我喜欢。'],
    ['I like it. ||| 我喜欢。', 'I like it.', '我喜欢。'],
    ['I like it.\n我喜欢。', 'I like it.', '我喜欢。'],
    ['I like it.\r\n我喜欢。\r\n', 'I like it.', '我喜欢。'],
    ['\n\n  I like it.\n\n\n  我喜欢。  \n', 'I like it.', '我喜欢。'],
    ['a b\tc d\tthird\tfourth', 'a b', 'c d'],
    ['  a  \t  b  ', 'a', 'b'],
    ['line one\nline two\ttarget', 'line one\nline two', 'target'],
    ['one\teins\ntwo\tzwei\nthree\tdrei', 'one', 'eins'],
    ['tab\twins ||| over bars', 'tab', 'wins ||| over bars'],
    ['bars win\nover ||| breaks', 'bars win\nover', 'breaks'],
    ['\tindented\t缩进', 'indented', '缩进'],
    ['  Hello\n\t\t你好', 'Hello', '你好'],
    ['👩‍👩‍👧 family\t家', '👩‍👩‍👧 family', '家'],
    ['שלום עולם\tHello world', 'שלום עולם', 'Hello world'],
  ])('%j is a pair', (text, source, target) => {
    expect(texts(splitPair(text))).toEqual([source, target]);
  });

  test.each([
    ['only a source', 'only a source'],
    ['source\t', 'source'],
    ['source\t\tnote', 'source'],
    ['||| target only', 'target only'],
    ['source |||', 'source'],
    ['a ||| b ||| c', 'a ||| b ||| c'],
    ['a|||b', 'a|||b'],
    ['one\ntwo\nthree', 'one\ntwo\nthree'],
    ['one\r\ntwo\r\nthree\r\n', 'one\r\ntwo\r\nthree'],
  ])('%j is a source alone', (text, source) => {
    expect(texts(splitPair(text))).toEqual([source, undefined]);
  });

  test.each(['', ' ', '\t', '\n \t\r\n', '\u3000'])('%j is empty', (text) => {
    expect(texts(splitPair(text))).toEqual(['', undefined]);
  });

  test('offsets always cut the very text out of what was given, and source comes first', () => {
    const part = fc.string({
      unit: fc.constantFrom('a', ' ', '\t', '\n', '\r', '|||', ' ||| ', '我', '👍', 'é', '\u2028'),
    });
    fc.assert(
      fc.property(part, (text) => {
        const { source, target } = splitPair(text);
        for (const span of target ? [source, target] : [source]) {
          expect(text.slice(span.start, span.end)).toBe(span.text);
          expect(span.text.trim()).toBe(span.text);
        }
        if (text.replaceAll('|||', '').trim() !== '') expect(/\S/.test(source.text)).toBe(true);
        if (target) {
          expect(target.text).not.toBe('');
          expect(source.end).toBeLessThan(target.start);
        }
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});

describe('linePair', () => {
  const text = 'first\t第一\r\n  second ||| 第二\r\n\r\nlast';

  test.each([
    [0, 'first', '第一'],
    [8, 'first', '第一'],
    [9, 'first', '第一'],
    [10, 'second', '第二'],
    [text.indexOf('第二') + 2, 'second', '第二'],
    [text.length, 'last', undefined],
    [text.length + 99, 'last', undefined],
  ])('at %d', (offset, source, target) => {
    const pair = linePair(text, offset);
    expect(texts(pair)).toEqual([source, target]);
    expect(text.slice(pair.source.start, pair.source.end)).toBe(source);
    if (pair.target) expect(text.slice(pair.target.start, pair.target.end)).toBe(target);
  });

  test('an empty line has no text', () => {
    expect(linePair(text, text.indexOf('\r\n\r\n') + 2).source.text).toBe('');
    expect(linePair('', 0).source.text).toBe('');
  });
});
