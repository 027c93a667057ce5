import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundledPackages, noticesText } from '../../scripts/third-party-notices.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** Every package whose code comes with the extension, in alphabetical order. */
const PACKAGES = [
  '@bufbuild/protobuf',
  '@huggingface/tokenizers',
  '@jsquash/jpeg',
  '@lezer/common',
  '@lezer/highlight',
  '@lezer/lr',
  '@lezer/python',
  '@lit/reactive-element',
  'd3-array',
  'd3-color',
  'd3-format',
  'd3-interpolate',
  'd3-path',
  'd3-scale',
  'd3-scale-chromatic',
  'd3-shape',
  'fast-png',
  'fflate',
  'iobuffer',
  'jsonc-parser',
  'lit-element',
  'lit-html',
  'tinyqueue',
  'valibot',
];

const ENTRIES = [
  'src/extension.ts',
  'src/extension-web.ts',
  'src/engine/worker/worker-main.ts',
  'webview/main.ts',
  'webview/standalone/standalone-main.ts',
];

const { metafile } = await build({
  entryPoints: ENTRIES.map((entry) => path.join(root, entry)),
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  outdir: 'dist',
  platform: 'browser', // of a package for both, what browsers get
  format: 'esm',
  external: ['vscode', 'node:*', '*.wasm'],
  loader: { '.svg': 'text' },
  define: { BUNDLED_MODEL_FILES: '[]' },
});

describe('third-party notices', () => {
  const packages = bundledPackages([metafile], root);

  it('are of every package in the bundles', () => {
    expect(packages.map(({ name }) => name)).toEqual(PACKAGES);
    for (const { version, license } of packages)
      expect(`${version} ${license}`).toMatch(/^\d+\.\d+\.\d+ (\S+|\([^()]+\))$/);
  });

  it('name each with its licence and the text of it', () => {
    const text = noticesText(packages);
    for (const { name, version, license } of packages)
      expect(text).toContain(`\n${name} ${version}\nLicence: ${license}\n`);
    for (const words of [
      'Copyright 2010-2026 Mike Bostock',
      'Google LLC',
      'Cynthia Brewer',
      'Apache License',
      'Buf Technologies',
      'Copyright 2008 Google Inc.',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('are refused for a package that brings no licence', () => {
    const [{ folder, ...one }] = packages;
    expect(() => noticesText([{ ...one, folder: path.join(folder, 'node_modules/..', '..') }])).toThrow(
      /brings no text/,
    );
  });
});
