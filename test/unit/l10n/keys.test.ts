import { describe, expect, it } from 'vitest';
import { compare } from '../../../scripts/l10n/compare.mjs';
import { extract } from '../../../scripts/l10n/extract.mjs';
import { languages } from '../../../scripts/l10n/merge-bundle.mjs';

const found = extract();

it('knows the texts of the window, of the editor and of the errors', () => {
  const keys = [...found.texts.keys()];
  expect(keys).toContain('Heatmap');
  expect(keys).toContain('Attention: Set Pair');
  expect(keys).toContain('{file} is damaged: {reason}. Download or export it again.');
  expect(keys.length).toBeGreaterThan(300);
});

it('every text that is translated is a literal, so that its key is known', () => {
  expect(found.dynamic).toEqual([]);
});

it('there is Chinese', () => {
  expect(languages()).toContain('zh-cn');
});

describe.each(languages())('%s', (language) => {
  const { missing, unused, wrong, manifest } = compare(language, found);

  it('has every text', () => {
    expect([...missing].map(([key, places]) => `${places[0]} ${key}`)).toEqual([]);
  });

  it('has no text that nothing says', () => {
    expect(unused).toEqual([]);
  });

  it('keeps every value in its sentence', () => {
    expect(wrong).toEqual([]);
  });

  it('has every text of the manifest, and no other', () => {
    expect(manifest.undefined).toEqual([]);
    expect(manifest.missing).toEqual([]);
    expect(manifest.unused).toEqual([]);
  });

  it('keeps the links of the manifest', () => {
    expect(manifest.wrong).toEqual([]);
  });
});
