#!/usr/bin/env node
// Runs a script of this project, or a tool of its dependencies, on the Node that the project is built with.
//   run.mjs scripts/build.mjs --production      run.mjs vitest run --project unit
// Where the machine's own Node is older, the one from the npm registry is taken (package node-<platform>-<arch>, an
// optional dependency without an install script), and what is started from there finds it first on PATH.
// Installs the npm dependencies when they are missing or are not those of package-lock.json. Written for Node 20, which may be all that a machine has.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const WANTED = 24;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');

/** Whether what is installed is what package-lock.json asks for. Optional packages may be left out: they are of a platform. */
function isInstalled() {
  // The hidden lockfile is what npm writes last: without it an installation was not finished.
  const hidden = path.join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const installed = packagesIn(hidden);
  return Object.entries(packagesIn(path.join(root, 'package-lock.json'))).every(
    ([folder, { version, optional }]) =>
      folder === '' || (installed[folder] ? installed[folder].version === version : optional),
  );
}

function installDependencies() {
  if (isInstalled()) return;
  console.error('Installing npm dependencies (npm ci) …');
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
  execFileSync('npm', ['ci', ...flags], { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
}

/** @returns path of a Node that is new enough    @throws when there is none */
function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= WANTED) return process.execPath;
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const name = platform === 'darwin-arm64' ? `node-bin-${platform}` : `node-${platform}`;
  const binary = path.join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  throw new Error(
    `Node ${WANTED} is needed, and this is ${process.version}. The npm package ${name} would bring it, but it is not ` +
      `installed: run "npm ci --ignore-scripts --include=optional", or install Node ${WANTED} from https://nodejs.org.`,
  );
}

/** A script by its path, or the file behind a tool's name in node_modules/.bin. */
function findScript(name) {
  if (/\.[cm]?js$/.test(name)) return path.join(root, name);
  const packages = { tsc: 'typescript', biome: '@biomejs/biome', vsce: '@vscode/vsce' };
  const folder = path.join(modules, packages[name] ?? name);
  if (!existsSync(folder)) throw new Error(`${name} is not among the dependencies. Run "npm ci --ignore-scripts".`);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[name]);
}

try {
  const [name, ...parameters] = process.argv.slice(2);
  if (!name) throw new Error('Say what to run: run.mjs scripts/build.mjs, or run.mjs vitest run …');
  installDependencies();
  const node = findNode();
  const search = `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`;
  const child = spawn(node, [findScript(name), ...parameters], {
    stdio: 'inherit',
    env: { ...process.env, PATH: search },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1);
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
