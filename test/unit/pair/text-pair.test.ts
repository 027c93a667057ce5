import { describe, expect, test } from 'vitest';
import { ExplorerError } from '../../../src/contract/error.ts';
import { checkPair, movePair, splitPair } from '../../../src/pair/text-pair.ts';

const span = (text: string) => ({ text, start: 0, end: text.length });

function codeOf(source: string, target?: string): string | undefined {
  try {
    checkPair(target === undefined ? { source: span(source) } : { source: span(source), target: span(target) });
  } catch (error) {
    expect(error).toBeInstanceOf(ExplorerError);
    return (error as ExplorerError).code;
  }
}

describe('checkPair', () => {
  test('lets a source and a pair pass', () => {
    expect(codeOf('I like it.')).toBeUndefined();
    expect(codeOf('I like it.', '我喜欢。')).toBeUndefined();
  });

  test.each(['', ' ', '\n\t ', '\u3000\u00a0'])('%j is empty', (blank) => {
    expect(codeOf(blank)).toBe('text-empty');
    expect(codeOf('I like it.', blank)).toBe('text-empty');
    expect(codeOf(blank, blank)).toBe('text-empty');
  });

  test('the same text twice, whatever its white space and accents are made of', () => {
    expect(codeOf('Café au lait', 'Café au lait')).toBe('text-same');
    expect(codeOf('Café  au lait', 'Cafe\u0301 au\nlait ')).toBe('text-same');
    expect(codeOf('Café', 'café')).toBeUndefined();
  });
});

test('movePair counts offsets from the start of the document', () => {
  expect(movePair(splitPair('a\tb'), 10)).toEqual({
    source: { text: 'a', start: 10, end: 11 },
    target: { text: 'b', start: 12, end: 13 },
  });
});
