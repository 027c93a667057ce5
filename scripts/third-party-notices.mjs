#!/usr/bin/env node
// Writes ThirdPartyNotices.txt: the packages whose code is in our bundles, each with its licence text.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { bundleOptions, PRODUCT } from './build.mjs';
import { root } from './host/paths.mjs';

/** Folders below node_modules of all packages that a bundle of the product takes code from. */
async function bundledFolders() {
  const folders = new Set();
  for (const name of PRODUCT) {
    // Without splitting: what is loaded later counts, too.
    const options = { ...bundleOptions(name, { production: true, split: false }), metafile: true, write: false };
    const { metafile } = await esbuild.build(options);
    for (const input of Object.keys(metafile.inputs)) {
      const [, folder] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
      if (folder) folders.add(folder);
    }
  }
  return [...folders].sort();
}

/**
 * @returns name, version, licence and licence text of each bundled package
 * @throws when a package comes without a licence text
 */
export async function bundledPackages() {
  return (await bundledFolders()).map((name) => {
    const folder = path.join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    if (files.length === 0)
      throw new Error(`${name} ${version} (${license}) comes without a licence text. Add it here by hand.`);
    const text = files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim()).join('\n\n');
    return { name, version, license, text };
  });
}

/** Writes ThirdPartyNotices.txt into the root, where vsce packs it. */
export async function writeNotices() {
  const packages = await bundledPackages();
  const intro = 'Attention Explorer contains code of the packages below. Their licences follow.\n';
  const parts = packages.map(
    ({ name, version, license, text }) => `${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`,
  );
  writeFileSync(path.join(root, 'ThirdPartyNotices.txt'), [intro, ...parts].join('\n'));
  return packages;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const packages = await writeNotices();
  console.log(`ThirdPartyNotices.txt: ${packages.map(({ name }) => name).join(', ')}`);
}
