import * as vscode from 'vscode';
import { commandTests } from './command-tests.ts';
import { compareTests } from './compare-tests.ts';
import { dataTests } from './data-tests.ts';
import { editorTests } from './editor-tests.ts';
import { errorTests } from './error-tests.ts';
import { exportTests } from './export-tests.ts';
import { Harness } from './harness.ts';
import { learningTests } from './learning-tests.ts';
import { longTests } from './long-tests.ts';
import { modelTests } from './model-tests.ts';
import { pairTests } from './pair-tests.ts';
import { panelTests } from './panel-tests.ts';
import { command, extension } from './workbench.ts';

/** Run by VS Code in its extension host. */
export async function run(): Promise<void> {
  const harness = new Harness(async () => {
    const { explorations } = await extension();
    for (const { controller } of explorations.all) controller.cancel();
    await command('clearPair');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.workspace.saveAll();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  commandTests(harness);
  pairTests(harness);
  editorTests(harness);
  dataTests(harness);
  errorTests(harness);
  panelTests(harness);
  compareTests(harness);
  modelTests(harness);
  longTests(harness);
  exportTests(harness);
  learningTests(harness);
  await harness.run();
}
