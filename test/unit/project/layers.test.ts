import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * Room → the rooms that it may import from, besides itself. Imports go down only (ARCHITECTURE.md, floors).
 * Only types come up from model to engine to exploration: they are the contracts.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  tensor: [],
  protocol: ['exploration', 'tensor'],
  exploration: ['protocol'],
  attention: ['tensor', 'protocol'],
  code: ['attention'],
  input: ['tensor', 'protocol'],
  pair: ['protocol', 'exploration'],
  model: ['tensor', 'attention', 'protocol', 'pair'],
  insight: ['tensor', 'attention', 'model', 'protocol', 'exploration', 'pair'],
  export: ['tensor', 'attention', 'model', 'insight', 'protocol', 'exploration'],
  engine: ['tensor', 'attention', 'input', 'model', 'insight', 'export', 'pair', 'protocol', 'exploration'],
  cli: ['tensor', 'attention', 'input', 'model', 'insight', 'pair', 'protocol', 'exploration', 'engine'],
  editor: ['attention', 'code', 'pair', 'insight', 'export', 'protocol', 'exploration', 'engine'],
  panel: ['editor', 'pair', 'insight', 'protocol', 'exploration', 'engine'],
};

/** Rooms of src that the webview shares with the host: plain data and pure functions. */
const WEBVIEW_MAY_IMPORT = ['protocol', 'exploration', 'insight', 'attention', 'export'];

/** The entries of the two extension hosts, and what they share. */
const ENTRIES = ['extension', 'extension-web', 'activate-with'];

const MAY_USE_VSCODE = /^src\/(editor|panel)\/|^src\/(extension|extension-web|activate-with)\.ts$/;

/** File readers, the worker start and Node's own platform; all else also runs in a browser. */
const MAY_USE_NODE =
  /^src\/cli\/|^src\/editor\/node-platform\.ts$|^src\/(model|engine)\/[\w-]*(file|folder|read|load|worker|node)[\w-]*\.ts$/;

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'/g;
  return [...text.matchAll(pattern)].map((match) => ({
    file,
    specifier: (match[1] ?? match[2] ?? match[3]) as string,
  }));
}

/** src/model/checkpoint/config.ts → model; webview/main.ts → webview; src/extension.ts → extension. */
function roomOf(file: string): string {
  const [top, second] = file.split('/');
  if (top !== 'src') return top as string;
  return (second as string).replace(/\.ts$/, '');
}

function roomImported({ file, specifier }: Import): string {
  return roomOf(path.posix.join(path.posix.dirname(file), specifier));
}

const files = [...sources('src'), ...sources('webview')];

const imports = files.flatMap(importsOf);

const local = imports.filter(({ specifier }) => specifier.startsWith('.'));

const packages = imports.filter(({ specifier }) => !specifier.startsWith('.'));

const show = (broken: readonly Import[]) => broken.map(({ file, specifier }) => `${file} imports ${specifier}`);

describe('the floors', () => {
  it('reads imports in every form', () => {
    expect(imports.length).toBeGreaterThan(20);
  });

  it('every room of src is known', () => {
    const rooms = new Set(sources('src').map(roomOf));
    for (const entry of ENTRIES) rooms.delete(entry);
    expect([...rooms].filter((room) => !MAY_IMPORT[room])).toEqual([]);
  });

  it('imports go down only', () => {
    const broken = local.filter((found) => {
      const from = roomOf(found.file);
      const to = roomImported(found);
      if (from === to || ENTRIES.includes(from)) return false;
      if (from === 'webview') return !WEBVIEW_MAY_IMPORT.includes(to);
      return !MAY_IMPORT[from]?.includes(to);
    });
    expect(show(broken)).toEqual([]);
  });

  it('vscode is imported in editor/, panel/ and the entries alone', () => {
    expect(
      show(packages.filter(({ file, specifier }) => specifier === 'vscode' && !MAY_USE_VSCODE.test(file))),
    ).toEqual([]);
  });

  it('node: is imported by file readers and the worker start alone', () => {
    const broken = packages.filter(({ file, specifier }) => specifier.startsWith('node:') && !MAY_USE_NODE.test(file));
    expect(show(broken)).toEqual([]);
  });

  it('the DOM is used in webview/ alone', () => {
    const users = sources('src').filter((file) =>
      /\bdocument\.|\bwindow\.(?!show|create|visible|active|tab|with|on)|\bHTMLElement\b/.test(
        readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      ),
    );
    expect(users.filter((file) => !MAY_USE_VSCODE.test(file))).toEqual([]);
  });

  it('local imports name their file, .ts and all, and there are no barrels or default exports', () => {
    expect(show(local.filter(({ specifier }) => !/\.(ts|css|svg|json)$/.test(specifier)))).toEqual([]);
    expect(files.filter((file) => /(^|\/)index\.ts$/.test(file))).toEqual([]);
    expect(files.filter((file) => /^export default/m.test(readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
  });

  it('files stay short enough to read (400 lines at most; the aim is 150)', () => {
    const lengths = files.map((file) => ({
      file,
      lines: readFileSync(path.join(root, file), 'utf8').split('\n').length,
    }));
    const long = lengths.filter(({ lines }) => lines > 150).sort((a, b) => b.lines - a.lines);
    if (long.length) console.info(`Over 150 lines: ${long.map(({ file, lines }) => `${file} ${lines}`).join(', ')}`);
    expect(long.filter(({ lines }) => lines > 400)).toEqual([]);
  });
});
