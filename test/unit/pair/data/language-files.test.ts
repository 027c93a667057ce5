import { describe, expect, it } from 'vitest';
import { isSourceFile, languageFile, otherLanguages } from '../../../../src/pair/data/language-files.ts';

describe('files of one text in several languages', () => {
  it.each([
    ['train.en', ['train.zh', 'train.de', 'test.zh', 'README.md'], ['train.zh', 'train.de']],
    ['train.de', ['train.zh', 'train.en', 'train.de'], ['train.en', 'train.zh']],
    ['news.en.txt', ['news.zh.txt', 'news.zh', 'other.zh.txt'], ['news.zh.txt']],
    ['en.json', ['zh-CN.json', 'fr.json', 'tsconfig.json', 'en.json'], ['zh-CN.json', 'fr.json']],
    ['messages_zh_Hans.json', ['messages_en.json', 'messages.json'], ['messages_en.json']],
    ['app_en.arb', ['app_zh.arb', 'app_en.json'], ['app_zh.arb']],
    ['package.nls.json', ['package.json', 'package.nls.zh-cn.json'], ['package.nls.zh-cn.json']],
    [
      'package.nls.zh-cn.json',
      ['package.nls.json', 'package.nls.fr.json'],
      ['package.nls.json', 'package.nls.fr.json'],
    ],
    ['en/common.json', ['zh-CN/common.json', 'zh-CN/other.json'], ['zh-CN/common.json']],
  ])('%s', (name, others, expected) => {
    expect(otherLanguages(name, others).map((file) => file.name)).toEqual(expected);
  });

  it.each([
    ['Parser.cs', ['Parser.ts', 'Parser.ml']],
    ['package.json', ['tsconfig.json', 'en.json']],
    ['main.py', ['main.js', 'main.go']],
    ['en.json', ['zh.txt']],
  ])('%s has none', (name, others) => {
    expect(otherLanguages(name, others)).toEqual([]);
  });

  it('the source is English, else the first of the alphabet', () => {
    const file = (name: string) => languageFile(name)!;
    expect(isSourceFile(file('a.zh'), file('a.en'))).toBe(false);
    expect(isSourceFile(file('a.en'), file('a.zh'))).toBe(true);
    expect(isSourceFile(file('a.de'), file('a.zh'))).toBe(true);
  });
});
