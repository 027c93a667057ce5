#!/usr/bin/env node
// Integration tests inside a real VS Code extension host, through @vscode/test-electron's runTests.
// Desktop VS Code when VSCODE_EXECUTABLE names it, else the browser-based VS Code in headless Chromium.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from './build.mjs';
import { codeShim, root } from './host/paths.mjs';

const results = path.join(root, 'test-results');
const report = path.join(results, 'integration.json');

mkdirSync(results, { recursive: true });
rmSync(report, { force: true });
try {
  await build({ only: ['extension', 'worker', 'webview', 'standalone', 'integration'] });
  process.exitCode = await runTests({
    vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? codeShim,
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'dist/test/integration.cjs'),
    extensionTestsEnv: { ATTENTION_TEST_REPORT: report },
    launchArgs: [path.join(root, 'examples')],
  });
} catch (error) {
  console.error(error.message ?? error);
  process.exitCode = 1;
}
