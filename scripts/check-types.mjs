#!/usr/bin/env node
// Checks types once for each runtime: what a file may use (Node's modules, vscode, the page) is said by the tsconfig
// of the runtimes that it runs in, below tsconfig/; the one of the root holds for tests, scripts and the bench.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './host/paths.mjs';

const configs = ['tsconfig.json', ...readdirSync(path.join(root, 'tsconfig')).map((name) => `tsconfig/${name}`)];
for (const config of configs) {
  const { status } = spawnSync('npx', ['--no-install', 'tsc', '--noEmit', '-p', config], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status === 0) continue;
  console.error(`The types of ${config} do not hold.`);
  process.exitCode = 1;
}
