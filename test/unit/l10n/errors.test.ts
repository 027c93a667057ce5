import { describe, expect, it } from 'vitest';
import { compare } from '../../../scripts/l10n/compare.mjs';
import { errorTexts } from '../../../scripts/l10n/error-texts.mjs';
import { SILENT } from '../../../scripts/l10n/extract.mjs';
import { parseFolders } from '../../../scripts/l10n/syntax.mjs';
import { translateMessage } from '../../../src/editor/translate-message.ts';

const { bundle } = compare('zh-cn');
/** What is missing is keys.test.ts's to tell. */
const isTranslated = (text: string) => text in bundle;
const found: { text: string; node: { type: string } }[] = errorTexts(parseFolders(['src'], SILENT));
const sentences = [...new Set(found.filter(({ node }) => node.type === 'NewExpression').map(({ text }) => text))];
const parts = [...new Set(found.map(({ text }) => text))].filter(
  (text) => !sentences.includes(text) && /\s/.test(text),
);

/** Values as they come: names of files with dots and brackets, numbers, what was found. */
function fill(text: string) {
  const names = [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string))];
  const values = Object.fromEntries(names.map((name, i) => [name, `/tmp/${name}(${i}).x`]));
  return { message: text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] as string), values };
}

describe('an error in Chinese', () => {
  it('there are many', () => {
    expect(sentences.length).toBeGreaterThan(30);
    expect(parts.length).toBeGreaterThan(20);
  });

  it.each(sentences.filter(isTranslated))('%s', (sentence) => {
    const { message, values } = fill(sentence);
    const named = Object.fromEntries(Object.entries(values).filter(([name]) => name.length > 1));
    const expected = bundle[sentence].replace(/\{(\w+)\}/g, (_, name: string) => values[name] as string);
    expect(translateMessage(message, named, bundle)).toBe(expected);
  });

  it.each(parts.filter(isTranslated))('… %s', (part) => {
    const { message, values } = fill(part);
    const expected = bundle[part].replace(/\{(\w+)\}/g, (_, name: string) => values[name] as string);
    expect(translateMessage(message, {}, bundle)).toBe(expected);
  });
});
