import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
const inFolder = (folder: string) => readdirSync(path.join(root, folder)).map((name) => path.posix.join(folder, name));
const documents = [...inFolder('.'), ...inFolder('docs'), 'bench/REPORT.md', 'training/README.md'].filter((file) =>
  file.endsWith('.md'),
);
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** Files of the project, as paths from its root; what is installed or built is left out. */
const files = ['src', 'webview', 'test', 'scripts', 'docs', 'bench', 'media', 'l10n', 'models', 'training', 'examples']
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.includes('node_modules'))
      .map((name) => path.posix.join(folder, name.split(path.sep).join('/'))),
  )
  .concat(readdirSync(root));

/** Names of files that checkpoints and other programs have, not this project. */
const OF_OTHERS = new Set(['vocab.json', 'config.json', 'messages.en.json', 'en/common.json', 'zh.json']);

describe.each(documents)('%s', (document) => {
  const text = read(document);
  const prose = text.replace(/^```[\s\S]*?^```/gm, '');

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!.split('#')[0]!);
    const local = links.filter((link) => link && !/^[a-z]+:/.test(link));
    expect(local.filter((link) => !existsSync(path.join(root, path.dirname(document), link)))).toEqual([]);
  });

  it('defines every link that it names', () => {
    const named = [...prose.matchAll(/\]\[([^\]]+)\]/g)].map(([, name]) => name!);
    expect(named.filter((name) => !text.includes(`\n[${name}]: `))).toEqual([]);
  });

  it('names files that are there', () => {
    const names = [...text.matchAll(/`([\w@./-]+\.(?:ts|mjs|cjs|css|py|json))`/g)].map(([, name]) => name!);
    const isThere = (name: string) => files.some((file) => file === name || file.endsWith(`/${name}`));
    const ours = names.filter((name) => !OF_OTHERS.has(name) && !name.startsWith('dist/'));
    expect(ours.filter((name) => !isThere(name))).toEqual([]);
  });
});
