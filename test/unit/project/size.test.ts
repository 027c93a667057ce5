import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

interface SourceFile {
  readonly file: string;
  readonly lines: number;
}

/** TypeScript, AssemblyScript and CSS of the product. */
function sources(): SourceFile[] {
  return ['src', 'webview'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|css)$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
      .map((file) => ({ file, lines: readFileSync(path.join(root, file), 'utf8').split('\n').length - 1 })),
  );
}

const files = sources();

it('a file is a concept: few are very long, few very short', () => {
  expect(files.filter(({ lines }) => lines > 500)).toEqual([]);
  const short = files.filter(({ lines }) => lines < 20);
  expect(short.length / files.length, short.map(({ file }) => file).join('\n')).toBeLessThanOrEqual(0.08);
});

it('no two files have the same name', () => {
  const byName = new Map<string, string[]>();
  for (const { file } of files) {
    const name = path.posix.basename(file);
    byName.set(name, [...(byName.get(name) ?? []), file]);
  }
  expect([...byName.values()].filter((group) => group.length > 1)).toEqual([]);
});
