import { expect, it } from 'vitest';
import { compare } from '../../../scripts/l10n/compare.mjs';

const { bundle, manifest } = compare('zh-cn');
/** Code, addresses of links and icons keep their own writing. */
const texts = [...Object.values(bundle), ...Object.values<string>(manifest.other)].map((text) =>
  text.replace(/\]\([^)]*\)|\$\([\w-]+\) /g, '').replace(/`[^`]*`|<[^>]*>/g, 'x'),
);
const HAN = '\\p{Script=Han}';
const breaking = (pattern: RegExp) => texts.filter((text) => pattern.test(text));

it('uses full-width punctuation after Chinese', () => {
  expect(breaking(new RegExp(`${HAN}[,;:!?.]|${HAN}\\.\\.\\.|[,;:!?]${HAN}`, 'u'))).toEqual([]);
});

it('sets a space between Chinese and letters, digits or values', () => {
  // A value between quotation marks or of a closed set of Chinese words stands without.
  const withoutWords = texts.map((text) =>
    text.replace(/\{(side|which|kind|reason|problem|expected|found|way)\}/g, '…'),
  );
  const pattern = new RegExp(`${HAN}[A-Za-z0-9{]|[A-Za-z0-9}]${HAN}`, 'u');
  expect(withoutWords.filter((text) => pattern.test(text))).toEqual([]);
});

it('has no space around full-width punctuation', () => {
  expect(breaking(/[，。：；、（）“”] | [，。：；、（）]/)).toEqual([]);
});

it('opens what it closes', () => {
  const count = (text: string, mark: string) => text.split(mark).length;
  expect(
    texts.filter((text) => count(text, '“') !== count(text, '”') || count(text, '（') !== count(text, '）')),
  ).toEqual([]);
});

it('calls one thing by one name', () => {
  expect(breaking(/令牌|标记符|句对|关注度|注意力机制头|热力图|自我注意|互注意|子词单元|您/)).toEqual([]);
});
