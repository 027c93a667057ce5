import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type Mocha from 'mocha';
import * as vscode from 'vscode';
import type { Api } from '../../src/activate.ts';
import { EXTENSION_ID } from '../extension-id.ts';

const TEST = '.integration.test.cjs';

/**
 * Run by VS Code in its extension host: all tests of the folder that ATTENTION_TEST_FOLDER names, in the order of their files' names.
 * ATTENTION_TEST_ONLY runs those whose title has it, ATTENTION_TEST_REPORT is where the counts are written.
 * @throws when a test failed, after all have run
 */
export async function run(): Promise<void> {
  const { ATTENTION_TEST_FOLDER = '', ATTENTION_TEST_ONLY: only, ATTENTION_TEST_REPORT: report } = process.env;
  // An ES module: what a `require` of it gives has no default.
  const { default: Runner } = await import('mocha');
  const mocha = new Runner({ ui: 'tdd', timeout: 180_000, color: false, rootHooks: { beforeEach: leaveNothingOpen } });
  const folder = path.join(__dirname, ATTENTION_TEST_FOLDER);
  const files = readdirSync(folder).filter((name) => name.endsWith(TEST));
  if (files.length === 0) throw new Error(`No tests in ${folder}`);
  for (const name of files.sort()) mocha.addFile(path.join(folder, name));
  if (only) mocha.fgrep(only);
  const failures: string[] = [];
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
    runner.on('fail', (test) => failures.push(test.fullTitle()));
  });
  const counts = { numPassedTests: stats?.passes ?? 0, numFailedTests: failures.length };
  if (report) writeFileSync(report, JSON.stringify({ ...counts, failures }));
  if (failures.length) throw new Error(`Failed: ${failures.join('; ')}`);
}

/** What each test starts from, where the extension is loaded: no exploration runs, nothing is set, no editor is open. */
async function leaveNothingOpen(): Promise<void> {
  const extension = vscode.extensions.getExtension<Api>(EXTENSION_ID);
  if (extension?.isActive) {
    for (const { controller } of extension.exports.explorations.all) controller.cancel();
    await vscode.commands.executeCommand('attentionExplorer.clearPair');
  }
  await vscode.commands.executeCommand('notifications.clearAll');
  await vscode.workspace.saveAll();
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
