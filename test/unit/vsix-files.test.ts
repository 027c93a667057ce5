import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { listFiles } from '@vscode/vsce';
import { beforeAll, expect, it } from 'vitest';

const cwd = path.resolve(import.meta.dirname, '../..');

/** What vsce would pack, but for dist/, which holds what was built last: the package stage looks at that. */
let packed: string[];

beforeAll(async () => {
  const none = 0; // no package manager: everything is in the bundles
  packed = (await listFiles({ cwd, packageManager: none })).filter((file) => !file.startsWith('dist/')).sort();
}, 120_000);

it('the VSIX holds what runs and what has to go with it, and nothing else', () => {
  expect(packed).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'NOTICE',
    'README.md',
    'README.zh-cn.md',
    'media/activity.svg',
    'media/exploration.schema.json',
    'media/icon.png',
    'media/languages/po.language-configuration.json',
    'media/languages/xliff.language-configuration.json',
    'media/languages/xliff.tmLanguage.json',
    'media/panel-dark.svg',
    'media/panel-light.svg',
    'media/walkthrough/combine.svg',
    'media/walkthrough/complexity.svg',
    'media/walkthrough/cross.svg',
    'media/walkthrough/match.svg',
    'media/walkthrough/pair.svg',
    'media/walkthrough/query.svg',
    'models/en-zh/README.md',
    'models/en-zh/README.zh-cn.md',
    'models/en-zh/config.json',
    'models/en-zh/eval.json',
    'models/en-zh/generation_config.json',
    'models/en-zh/model.safetensors',
    'models/en-zh/tokenizer.json',
    'models/en-zh/tokenizer_config.json',
    'package.json',
    'package.nls.json',
    'package.nls.zh-cn.json',
  ]);
});

it('what does not shrink in it is 10 MB at most', () => {
  const bytes = packed.map((file) => statSync(path.join(cwd, file)).size);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(10e6);
});

it('every file that the manifest names is in it, or is built', async () => {
  const { default: manifest } = await import('../../package.json');
  const named = [...JSON.stringify(manifest).matchAll(/"(?:\.\/)?((?:media|dist)\/[^"]+\.\w+)"/g)].map(
    ([, file]) => file,
  );
  expect(named.length).toBeGreaterThan(10);
  for (const file of new Set(named)) expect(file.startsWith('dist/') || packed.includes(file), file).toBe(true);
  for (const file of packed) expect(existsSync(path.join(cwd, file))).toBe(true);
});
