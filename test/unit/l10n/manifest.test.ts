import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const manifest = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8')) as object;

/** The same in every language. */
const NAME = 'Attention Explorer';
/** What VS Code shows of a manifest, by the name of the property. `name` counts in views alone. */
const SHOWN =
  /^(title|label|description|markdownDescription|displayName|contents|category|enumItemLabels|(markdown)?[eE]numDescriptions|deprecationMessage|altText|patternErrorMessage)$/;

function plainTexts(value: unknown, name = '', at = ''): string[] {
  if (typeof value === 'string') {
    const isShown = SHOWN.test(name) || (name === 'name' && /\.views\b/.test(at));
    return isShown && /\p{L}/u.test(value) && value !== NAME && !/^%[\w.]+%$/.test(value) ? [`${at}: ${value}`] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    plainTexts(item, Array.isArray(value) ? name : key, `${at}.${key}`),
  );
}

it('everything of the manifest that is shown comes from package.nls.json', () => {
  expect(plainTexts(manifest)).toEqual([]);
  expect(plainTexts({ contributes: { views: { a: [{ name: 'Bare' }] }, commands: [{ title: 'Bare too' }] } })).toEqual([
    '.contributes.views.a.0.name: Bare',
    '.contributes.commands.0.title: Bare too',
  ]);
});
