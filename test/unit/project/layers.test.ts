import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, type SourceImport, sourceFiles } from './source-imports.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** One row of the table of layers in ARCHITECTURE.md, which is the only place where the layers are written down. */
interface Layer {
  readonly folder: string;
  /** Folders further down that it may import. */
  readonly may: readonly string[];
  /** Packages that it may import. */
  readonly packages: readonly string[];
}

const codeIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);

/** Rows of the first table below "## Layers": folder | what it holds | may import | packages. */
function readLayers(): Layer[] {
  const text = readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');
  const section = text.slice(text.indexOf('\n## Layers'));
  const rows = section.split('\n').filter((line) => /^\| `/.test(line));
  return rows.flatMap((row) => {
    const [, folders, , may, packages] = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
    return codeIn(folders!).map((folder) => ({
      folder: folder.replace(/\/$/, ''),
      may: codeIn(may!).map((name) => name.replace(/\/$/, '')),
      packages: codeIn(packages!),
    }));
  });
}

const layers = readLayers();
const files = [...sourceFiles('src'), ...sourceFiles('webview')];
const imports = files.flatMap((file) => importsOf(file));
const local = imports.filter(({ target }) => target !== undefined);
const show = (broken: readonly SourceImport[]) => broken.map(({ file, specifier }) => `${file} imports ${specifier}`);

/** The row that a file belongs to: the longest folder, or file, that holds it. */
function layerOf(file: string): Layer | undefined {
  const holds = layers.filter(({ folder }) => file === folder || file.startsWith(`${folder}/`));
  return holds.sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** Files in circles of imports, types counted: strongly connected components of more than one file. */
function importCycles(): string[][] {
  const next = new Map<string, string[]>();
  for (const { file, target } of local) next.set(file, [...(next.get(file) ?? []), target!]);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    stack.push(file);
    for (const to of next.get(file) ?? []) {
      if (!index.has(to)) visit(to);
      if (stack.includes(to)) low.set(file, Math.min(low.get(file)!, low.get(to)!));
    }
    if (low.get(file) !== index.get(file)) return;
    const component = stack.splice(stack.indexOf(file));
    if (component.length > 1) cycles.push(component);
  };
  for (const file of files) if (!index.has(file)) visit(file);
  return cycles;
}

describe('layers', () => {
  it('every file belongs to a row of the table in ARCHITECTURE.md, and every row to a folder', () => {
    expect(files.filter((file) => !layerOf(file))).toEqual([]);
    const empty = layers.filter((layer) => !files.some((file) => layerOf(file) === layer));
    expect(empty.map(({ folder }) => folder)).toEqual([]);
  });

  it('a row names only rows below it', () => {
    const order = layers.map(({ folder }) => folder);
    const upward = layers.flatMap(({ folder, may }) =>
      may.filter((name) => order.indexOf(name) <= order.indexOf(folder)).map((name) => `${folder} → ${name}`),
    );
    expect(upward).toEqual([]);
  });

  it('imports go down only', () => {
    const broken = local.filter(({ file, target }) => {
      const [from, to] = [layerOf(file), layerOf(target!)];
      return from !== to && !from?.may.includes(to?.folder ?? '');
    });
    expect(show(broken)).toEqual([]);
  });

  it('packages are imported where the table names them, vscode in editor/ and the entries alone', () => {
    const broken = imports.filter(({ file, specifier, target }) => {
      if (target !== undefined || specifier.startsWith('.')) return false;
      const name = /^(node:|@[^/]+\/[^/]+|[^/]+)/.exec(specifier)![0];
      return !layerOf(file)?.packages.some(
        (one) => one === name || (one.endsWith('*') && name.startsWith(one.slice(0, -1))),
      );
    });
    expect(show(broken)).toEqual([]);
    const users = layers.filter(({ packages }) => packages.includes('vscode')).map(({ folder }) => folder);
    expect(users.filter((folder) => !/^src\/(editor|activate\.ts|extension(-web)?\.ts)$/.test(folder))).toEqual([]);
  });

  it('there is no circle of files, types counted', () => {
    expect(importCycles()).toEqual([]);
  });

  it('imports name their file, .ts and all; there are no barrels and no default exports', () => {
    const relative = imports.filter(({ specifier }) => specifier.startsWith('.'));
    expect(show(relative.filter(({ specifier }) => !/\.(ts|css|svg|json|wasm)$/.test(specifier)))).toEqual([]);
    expect(files.filter((file) => /(^|\/)index\.ts$/.test(file))).toEqual([]);
    const text = (file: string) => readFileSync(path.join(root, file), 'utf8');
    expect(files.filter((file) => /^export (default|\*)/m.test(text(file)))).toEqual([]);
  });
});
