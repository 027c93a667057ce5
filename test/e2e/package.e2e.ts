import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, serverMain } from '../../scripts/host/paths.mjs';
import { Workbench } from './workbench.ts';

/** All that the build adds to a VSIX of ours; what is packed besides is listed by test/unit/vsix-files.test.ts. */
const BUILT =
  /^extension\/dist\/(l10n\/bundle\.l10n\.[\w-]+\.json|(extension|worker|extension-web)\.cjs|extension\/[\w-]+\.cjs|worker-web\.js|webview\.(js|css)|standalone\.js|ThirdPartyNotices\.txt)$/;

const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const vsix = path.join(root, `${name}-${version}.vsix`);
const extensions = mkdtempSync(path.join(tmpdir(), 'extensions-'));

/** [bytes, name] of each file in the VSIX, which is a zip; nothing is unpacked. */
function list(file: string): [number, string][] {
  const files: [number, string][] = [];
  unzipSync(readFileSync(file), {
    filter({ name, originalSize }) {
      files.push([originalSize, name]);
      return false;
    },
  });
  return files;
}

beforeAll(() => {
  execFileSync('node', ['scripts/package.mjs'], { cwd: root, stdio: 'pipe' });
});

afterAll(() => rmSync(extensions, { recursive: true, force: true }));

describe('the package', () => {
  it('holds only what is needed', () => {
    const own = list(vsix).filter(([, file]) => file.startsWith('extension/'));
    const built = own.filter(([, file]) => file.startsWith('extension/dist/'));
    expect(built.map(([, file]) => file).filter((file) => !BUILT.test(file))).toEqual([]);
    expect(own.map(([, file]) => file).filter((file) => /\.map$|gallery|screenshots/.test(file))).toEqual([]);
    const names = own.map(([, file]) => file.slice('extension/'.length));
    for (const file of [
      'extension.cjs',
      'worker.cjs',
      'extension-web.cjs',
      'worker-web.js',
      'webview.js',
      'standalone.js',
    ])
      expect(names).toContain(`dist/${file}`);
    for (const file of ['config.json', 'model.safetensors', 'tokenizer.json', 'README.md']) {
      expect(names).toContain(`models/en-zh/${file}`);
    }
    for (const file of ['package.nls.zh-cn.json', 'dist/l10n/bundle.l10n.zh-cn.json', 'README.zh-cn.md'])
      expect(names).toContain(file);
  });

  it('names every package that its code imports, with its licence', () => {
    const notices = readFileSync(path.join(root, 'dist/ThirdPartyNotices.txt'), 'utf8');
    const sources = ['src', 'webview'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true })
        .filter((file) => String(file).endsWith('.ts'))
        .map((file) => readFileSync(path.join(root, folder, String(file)), 'utf8')),
    );
    // Types alone come with no code; lit only passes on what its three parts are.
    const imports = /^(?:import|export)(?! type)[^;]*? from '((?:@[\w-]+\/)?[\w-]+)[^']*'/gm;
    const packages = new Set(sources.flatMap((text) => [...text.matchAll(imports)].map(([, imported]) => imported)));
    for (const built of [
      'vscode',
      'node',
      'lit',
      'kernels',
      'kernels-relaxed',
      'kernels-shared',
      'kernels-relaxed-shared',
    ])
      packages.delete(built);
    expect([...packages]).toContain('d3-scale');
    for (const imported of [...packages, 'lit-html', 'lit-element', '@lit/reactive-element', 'd3-color', 'iobuffer'])
      expect(notices).toMatch(new RegExp(`^${imported} \\d+\\.\\d+\\.\\d+\nLicence: `, 'm'));
  });

  it('what a browser runs needs nothing of Node', () => {
    const { main, browser, type } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    // VS Code takes files of a module package for ES modules, which the web extension host can't load, unless they end so.
    if (type === 'module')
      expect([main, browser]).toEqual([expect.stringMatching(/\.cjs$/), expect.stringMatching(/\.cjs$/)]);
    for (const file of [browser, 'dist/worker-web.js', 'dist/webview.js']) {
      const text = readFileSync(path.join(root, file), 'utf8');
      const required = [...text.matchAll(/\brequire\(([^)]*)\)|\bfrom\s*"(node:[^"]*)"|\bimport\("([^"]*)"/g)];
      expect(required.map(([call]) => call).filter((call) => call !== 'require("vscode")')).toEqual([]);
      expect(text).not.toMatch(/\bprocess\.(env|platform|cwd|versions)\b|\b__dirname\b/);
    }
  });

  it('is 11 MB at most with the model, its extension 400 kB at most', () => {
    expect(statSync(vsix).size).toBeLessThanOrEqual(11e6);
    const parts = list(vsix).filter(([, file]) => /^extension\/dist\/extension(\/[\w-]+)?\.cjs$/.test(file));
    expect(parts.map(([, file]) => file)).toContain('extension/dist/extension.cjs');
    expect(parts.reduce((sum, [bytes]) => sum + bytes, 0)).toBeLessThanOrEqual(400e3);
  });

  it('has every file that its own code asks for', () => {
    const names = new Set(list(vsix).map(([, file]) => file));
    const own = [...names].filter((file) => /^extension\/dist\/extension(\/[\w-]+)?\.cjs$/.test(file));
    const asked = own.flatMap((file) => {
      const text = readFileSync(path.join(root, file.slice('extension/'.length)), 'utf8');
      return [...text.matchAll(/\brequire\("(\.[^"]+)"\)/g)].map(([, to]) =>
        path.posix.join(path.posix.dirname(file), to),
      );
    });
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((file) => !names.has(file))).toEqual([]);
  });

  it('installs into a clean profile and explores a pair there', async () => {
    const flags = [
      '--accept-server-license-terms',
      '--extensions-dir',
      extensions,
      '--install-extension',
      vsix,
      '--force',
    ];
    execFileSync('node', [serverMain, ...flags], { stdio: 'pipe' });
    const workbench = await Workbench.open({ file: path.join(root, 'examples/pairs.tsv'), extensions });
    try {
      await workbench.clickText('I like eating ice cream.');
      await workbench.command('Explore Line Under Cursor');
      await workbench.cell('冰淇淋', 'ice').waitFor();
      await workbench.picture('package-installed');
    } finally {
      await workbench.close();
    }
  });
});
