#!/usr/bin/env node
// npm run package: a production build, packed by vsce into attention-explorer-<version>.vsix.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { build, PRODUCT } from './build.mjs';
import { root } from './host/paths.mjs';
import { writeNotices } from './third-party-notices.mjs';

const { name, version, repository } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const file = path.join(root, `${name}-${version}.vsix`);

rmSync(path.join(root, 'dist'), { recursive: true, force: true }); // no source maps of an earlier build
await build({ production: true });
await writeNotices();
rmSync(file, { force: true });
const flags = ['--no-dependencies'];
// Until an owner has filled in the repository's address (docs/publishing.md), links can't be made absolute.
if (!repository) flags.push('--allow-missing-repository', '--no-rewrite-relative-links');
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
