#!/usr/bin/env node
// npm run package: packs attention-explorer-<version>.vsix with vsce, which makes the production build (vscode:prepublish).
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { PRODUCT } from './build.mjs';
import { root } from './host/paths.mjs';

const { name, version, repository } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const file = path.join(root, `${name}-${version}.vsix`);

/** Until an owner has filled the repository in, vsce can't turn the README's links into addresses (docs/publishing.md). */
const unpublished = ['--allow-missing-repository', '--no-rewrite-relative-links'];

rmSync(file, { force: true });
// Everything is in the bundles.
const flags = ['--no-dependencies', ...(repository ? [] : unpublished)];
if (!repository) console.log('No repository in package.json: the README’s pictures and links are left as they are.');
execFileSync('npx', ['--no-install', 'vsce', 'package', ...flags, '-o', file], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
});
const parts = ['extension.cjs', ...readdirSync(path.join(root, 'dist/extension')).map((part) => `extension/${part}`)];
const extension = parts.reduce((sum, part) => sum + statSync(path.join(root, 'dist', part)).size, 0);
const megabytes = (statSync(file).size / 1e6).toFixed(1);
console.log(
  `${path.relative(root, file)}: ${megabytes} MB (${PRODUCT.join(', ')}); extension ${Math.round(extension / 1000)} kB`,
);
