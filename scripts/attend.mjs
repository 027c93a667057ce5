#!/usr/bin/env node
// The headless entry: builds dist/attend.mjs when it is missing or older than its sources, then runs it
// where the user stands (npm runs scripts in the project's root; INIT_CWD is where npm was called).
// Standard output belongs to the results: everything else goes to standard error.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const bundle = path.join(root, 'dist/attend.mjs');

function newest(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce(
      (latest, entry) => Math.max(latest, statSync(path.join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
      0,
    );
}

async function ensureBundle() {
  if (existsSync(bundle) && statSync(bundle).mtimeMs >= newest(path.join(root, 'src'))) return;
  const { build } = await import('./build.mjs');
  await build({ only: ['attend'] });
}

try {
  await ensureBundle();
  const run = spawnSync(process.execPath, ['--enable-source-maps', bundle, ...process.argv.slice(2)], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
  });
  process.exitCode = run.status ?? 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
