#!/usr/bin/env node
// Looks like desktop VS Code's executable to @vscode/test-electron's runTests, but starts VS Code's own server and a
// headless Chromium that shows it. Ends with the exit code of the tests.
//   CHROME_BIN        another Chromium            SHIM_VERBOSE=1     everything that VS Code says
//   SHIM_TIMEOUT_MS   the longest run (600,000)
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import util from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from './chromium.mjs';
import { root } from './paths.mjs';
import { startServer, workbenchAddress } from './server.mjs';

/** VS Code's own messages that say nothing about the tests. */
const NOISE =
  /spdlog|watchdog|\[Service Worker\]|Creating a socket|esol(ving|ved) connection token|additional builtin|ENOTFOUND|\[AgentHost|AccountPolicyGate|ChatSessionStore|reconnection-grace|RemoteAgentHostProtocol|open-vsx|DefaultAccount/;

const verbose = Boolean(process.env.SHIM_VERBOSE);
const temporary = mkdtempSync(path.join(tmpdir(), 'vscode-run-'));
const resultFile = path.join(temporary, 'result.json');
let server;
let browser;
let ending = false;

function readArguments() {
  const options = { rest: [] };
  for (const argument of process.argv.slice(2)) {
    const [, name, value] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(argument) ?? [];
    if (name) options[name] = value ?? true;
    else options.rest.push(argument);
  }
  return options;
}

async function end(code, why) {
  if (ending) return;
  ending = true;
  if (why) console.error(`[code] ${why}`);
  const patience = new Promise((resolve) => setTimeout(resolve, 3000));
  await Promise.race([browser?.close().catch(() => {}), patience]);
  await server?.stop();
  rmSync(temporary, { recursive: true, force: true, maxRetries: 3 });
  process.exit(code);
}

/** Prints what the extension host says. */
function print(type, parts) {
  const line = util.format(...parts);
  if (!verbose && NOISE.test(line)) return;
  (type === 'error' || type === 'warn' ? process.stderr : process.stdout).write(`${line}\n`);
}

/** The workbench says 0 even when the extension host has died: only the wrapper's file is believed. */
function finish(code) {
  const result = existsSync(resultFile) ? JSON.parse(readFileSync(resultFile, 'utf8')) : undefined;
  if (!result) return end(1, `The extension host ended before the tests did.\n${server.log.join('').slice(-2000)}`);
  return end(result.ok ? code : code || 1);
}

async function main() {
  const options = readArguments();
  const tests = options.extensionTestsPath;
  if (!tests) throw new Error('Only test runs are served: --extensionTestsPath is missing. To look around: npm start.');
  server = await startServer(temporary, {
    extensions: options['extensions-dir'],
    settings: givenSettings(options['user-data-dir']),
    trust: Boolean(options['enable-workspace-trust']),
    env: { VSCODE_SHIM_RESULT: resultFile, VSCODE_SHIM_TESTS: path.resolve(tests) },
  });
  server.process.once('exit', (code) => end(1, `VS Code's server ended (${code}).`));
  const debugging = options['remote-debugging-port'];
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...chromiumFlags, ...(debugging ? [`--remote-debugging-port=${debugging}`] : [])],
  });
  browser.on('disconnected', () => end(1, 'Chromium ended.'));
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.on('crash', () => end(1, 'The page crashed.'));
  await page.exposeFunction('codeAutomationLog', print);
  await page.exposeFunction('codeAutomationExit', (code) => {
    setTimeout(finish, 50, code);
  });
  const extension = options.extensionDevelopmentPath;
  const wrapper = path.join(root, 'scripts/host/run-wrapper.cjs');
  await page.goto(workbenchAddress(server.port, { folder: options.rest[0], extension, tests: wrapper }));
  await page.locator('.monaco-workbench').first().waitFor({ timeout: 60_000 });
}

function givenSettings(userData) {
  const file = userData && path.join(userData, 'User/settings.json');
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

const limit = Number(process.env.SHIM_TIMEOUT_MS ?? 600_000);
setTimeout(() => end(1, `Not done after ${limit} ms.`), limit).unref();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(130, signal));
process.on('uncaughtException', (error) => end(1, error.stack));
process.on('unhandledRejection', (error) => end(1, error?.stack ?? String(error)));
await main();
