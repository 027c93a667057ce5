#!/usr/bin/env node
// Installs VS Code's own server (workbench, Node extension host, webviews) out of the npm package code-server.
// Only the npm registry is asked; no install script runs and nothing is compiled. About 10 s and 380 MB.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostFolder } from './paths.mjs';

/** VS Code 1.139; it needs Node 24, which scripts/run.mjs sees to. */
const CODE_SERVER = '4.139.1';
const RIPGREP = '1.18.0';

const standIns = path.join(path.dirname(fileURLToPath(import.meta.url)), 'stand-ins');

/** Installs the host when it is not there; says what it does through `say`. */
export function installHost(say = console.log) {
  const stamp = path.join(hostFolder, 'installed.json');
  if (existsSync(stamp) && JSON.parse(readFileSync(stamp, 'utf8')).codeServer === CODE_SERVER) return;
  say(`Installing VS Code's server (npm package code-server ${CODE_SERVER}, about 380 MB) into ${hostFolder} …`);
  rmSync(hostFolder, { recursive: true, force: true });
  mkdirSync(hostFolder, { recursive: true });
  unpackServer();
  const server = path.join(hostFolder, 'vscode');
  installModules(server);
  installModules(path.join(server, 'extensions')); // TypeScript's own language features
  const modules = path.join(server, 'node_modules');
  addRipgrep(modules);
  replaceNativeModules(modules);
  const { version } = JSON.parse(readFileSync(path.join(server, 'package.json'), 'utf8'));
  writeFileSync(stamp, `${JSON.stringify({ codeServer: CODE_SERVER, vscode: version })}\n`);
  say(`VS Code ${version} is installed.`);
}

function npm(args, cwd) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', [...args, ...quiet], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

function unpackServer() {
  npm(['pack', `code-server@${CODE_SERVER}`, '--pack-destination', hostFolder], hostFolder);
  const archive = path.join(hostFolder, `code-server-${CODE_SERVER}.tgz`);
  execFileSync('tar', ['xzf', archive, '-C', hostFolder, 'package/lib/vscode']);
  renameSync(path.join(hostFolder, 'package/lib/vscode'), path.join(hostFolder, 'vscode'));
  rmSync(path.join(hostFolder, 'package'), { recursive: true });
  rmSync(archive);
}

function installModules(folder) {
  npm(['install', '--omit=dev', '--ignore-scripts'], folder); // not `npm ci`: the lockfile is out of step
}

/** @vscode/ripgrep ≤ 1.17 downloads its binary from elsewhere; 1.18's platform packages carry it. Search needs it. */
function addRipgrep(modules) {
  const binary = path.join(modules, '@vscode/ripgrep/bin/rg');
  if (existsSync(binary)) return;
  const folder = path.join(hostFolder, 'ripgrep');
  const name = `@vscode/ripgrep-${process.platform}-${process.arch}`;
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  npm(['install', `${name}@${RIPGREP}`, '--ignore-scripts'], folder);
  mkdirSync(path.dirname(binary), { recursive: true });
  cpSync(path.join(folder, 'node_modules', name, 'bin/rg'), binary);
  chmodSync(binary, 0o755);
  rmSync(folder, { recursive: true });
}

function replaceNativeModules(modules) {
  const replacements = {
    'native-watchdog': 'native-watchdog.cjs',
    '@vscode/native-watchdog': 'native-watchdog.cjs',
    '@vscode/spdlog': 'spdlog.cjs',
  };
  for (const [name, file] of Object.entries(replacements)) {
    const target = path.join(modules, name);
    if (existsSync(target)) copyFileSync(path.join(standIns, file), path.join(target, 'index.js'));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installHost();
  console.log(`VS Code's server is in ${hostFolder}.`);
}
