import * as vscode from 'vscode';
import { exploreTimes } from './explore-times.ts';
import { openLarge, writeLarge } from './large-file.ts';
import { prepareTyping, type Typing, untype } from './prepare-typing.ts';
import { SCENARIOS } from './scenarios.ts';
import { type Stretch, watchStretches } from './watch-stretches.ts';
import { watchedExtension } from './watched-extension.ts';

/** What window.mjs may ask for, by name; arguments and answers are JSON. */
export const TASKS: Readonly<Record<string, (argument: never) => unknown>> = {
  /** Of a watched window; the files that it touched without being asked for anything. */
  activation() {
    const { activation, touched } = watchedExtension();
    return { ...activation, touched };
  },
  /** Calls into the extension since it was last asked. */
  takeHandled: () => watchedExtension().handled.splice(0),
  exploreTimes: (rounds: { readonly rounds: number }) => exploreTimes(rounds),
  prepareTyping: (typing: Typing) => prepareTyping(typing),
  untype,
  writeLarge: (name: string) => writeLarge(name),
  openLarge: async (name: string) => (await openLarge(name)).document.lineCount,
  reveal(line: number) {
    const editor = vscode.window.activeTextEditor;
    editor?.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
  },
  closeAll: () => vscode.commands.executeCommand('workbench.action.closeAllEditors'),
  showRunning: () => vscode.commands.executeCommand('workbench.action.showRuntimeExtensions'),
  scenarios: () => Object.keys(SCENARIOS),
  async stretches(name: string): Promise<readonly Stretch[]> {
    const { prepare, play } = SCENARIOS[name];
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await prepare?.();
    const watched = await watchStretches();
    await play();
    // What is told after the last answer counts, too.
    await new Promise((resolve) => setTimeout(resolve, 500));
    return (await watched()).slice(0, 5);
  },
};
