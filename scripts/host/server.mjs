import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { serverMain } from './paths.mjs';

/** Settings that keep a fresh VS Code from greeting, updating and asking. */
export const QUIET = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'git.openRepositoryInParentFolders': 'never',
};

/** @returns a free port, `wanted` when it is free itself or the next free one after it */
export async function freePort(wanted = 0) {
  for (let port = wanted; ; port++) {
    const free = await new Promise((resolve) => {
      const probe = net.createServer();
      probe.once('error', () => resolve(0));
      probe.listen(port, '127.0.0.1', () => {
        const { port: found } = probe.address();
        probe.close(() => resolve(found));
      });
    });
    if (free) return free;
  }
}

/** Writes User/settings.json: quiet ones, over them what is there already, over them `settings`. */
export function writeSettings(userData, settings = {}) {
  const file = path.join(userData, 'User/settings.json');
  mkdirSync(path.dirname(file), { recursive: true });
  const present = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, JSON.stringify({ ...QUIET, ...present, ...settings }, null, 2));
}

/**
 * Starts VS Code's server on 127.0.0.1 and waits until it listens.
 * @param folder holds everything that the server writes: server data, user data, extensions, sockets
 * @param options.trust leave workspace trust on (default off)
 * @returns port, process and `stop()`, which ends the server and all that it started
 */
export async function startServer(folder, options = {}) {
  const {
    port = await freePort(),
    extensions = path.join(folder, 'extensions'),
    settings,
    trust = false,
    env = {},
  } = options;
  const userData = path.join(folder, 'user');
  writeSettings(userData, settings);
  const parameters = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  parameters.push('--accept-server-license-terms', '--telemetry-level', 'off');
  parameters.push('--server-data-dir', path.join(folder, 'server'), '--user-data-dir', userData);
  parameters.push('--extensions-dir', extensions, '--enable-smoke-test-driver'); // the driver flag lets the payload in
  parameters.push('--disable-getting-started-override', '--disable-update-check');
  if (!trust) parameters.push('--disable-workspace-trust');
  const server = spawn(process.execPath, [serverMain, ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, so that all of it can be ended
    env: { ...process.env, XDG_RUNTIME_DIR: folder, ...env },
  });
  const log = [];
  await listening(server, log);
  return { port, process: server, log, stop: () => stop(server) };
}

function listening(server, log) {
  return new Promise((resolve, reject) => {
    const read = (data) => {
      log.push(String(data));
      if (log.length > 500) log.shift();
      if (/Extension host agent listening/.test(data)) resolve();
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`VS Code's server ended (${code}).\n${log.join('').slice(-2000)}`)));
  });
}

async function stop(server) {
  if (server.exitCode === null && server.signalCode === null) {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    const patience = new Promise((resolve) => setTimeout(resolve, 3000));
    await Promise.race([gone, patience]);
  }
  try {
    process.kill(-server.pid, 'SIGKILL'); // extension host, file watcher, terminals
  } catch {
    // nothing of the group is left
  }
}

/**
 * The address of a workbench.
 * @param {number} port
 * @param {{ folder?: string, file?: string, extension?: string, tests?: string }} target folder to open, file to open
 *   in an editor, extension under development, module run in the extension host
 */
export function workbenchAddress(port, { folder, file, extension, tests }) {
  const remote = (place) => `vscode-remote://127.0.0.1:${port}${path.resolve(place)}`;
  const payload = [];
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  if (file) payload.push(['openFile', remote(file)]);
  const query = new URLSearchParams(folder ? { folder: path.resolve(folder) } : { ew: 'true' });
  if (payload.length) query.set('payload', JSON.stringify(payload));
  return `http://127.0.0.1:${port}/?${query}`;
}
