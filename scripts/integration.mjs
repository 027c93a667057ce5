#!/usr/bin/env node
// Integration tests inside a real VS Code extension host, through @vscode/test-electron's runTests.
// Desktop VS Code when VSCODE_EXECUTABLE names it, else the browser-based VS Code in headless Chromium.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from './build.mjs';
import { codeShim, root } from './host/paths.mjs';

const results = path.join(root, 'test-results');
const report = path.join(results, 'integration.json');

/** Folder of tests below test/integration → the folder that is open in VS Code while they run. */
const WINDOWS = { 'typescript-project': 'test/fixtures/typescript-project', '': 'examples' };

/** Runs the tests of one folder in a copy of what they open: settings are written there. @returns their counts, and whether all went well */
async function runFolder(tests, folder) {
  rmSync(report, { force: true });
  let ok = false;
  const parent = mkdtempSync(path.join(tmpdir(), 'attention-integration-'));
  const copy = path.join(parent, path.basename(folder));
  cpSync(path.join(root, folder), copy, { recursive: true });
  try {
    const status = await runTests({
      vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? codeShim,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, 'dist/test/integration/index.cjs'),
      extensionTestsEnv: { ATTENTION_TEST_REPORT: report, ATTENTION_TEST_FOLDER: tests },
      launchArgs: [copy],
    });
    ok = status === 0;
  } catch (error) {
    console.error(error.message ?? error);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
  const counts = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 1 };
  return { ...counts, ok };
}

mkdirSync(results, { recursive: true });
await build({ only: ['extension', 'worker', 'webview', 'standalone', 'integration'] });
const runs = [];
for (const [tests, folder] of Object.entries(WINDOWS)) runs.push(await runFolder(tests, folder));
const sum = (name) => runs.reduce((total, run) => total + run[name], 0);
const counts = { numPassedTests: sum('numPassedTests'), numFailedTests: sum('numFailedTests') };
writeFileSync(report, JSON.stringify(counts));
console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed`);
process.exitCode = runs.every(({ ok }) => ok) ? 0 : 1;
