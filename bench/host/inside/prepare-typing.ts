import * as vscode from 'vscode';
import { command, open } from '../../../test/integration/workbench.ts';
import { openLarge } from './large-file.ts';
import { AROUND, PAIR } from './pairs.ts';

/** Where one is going to type. */
export interface Typing {
  /** One of the files of 100,000 pairs; left out: a text of 200 lines with the pair in it. */
  readonly large?: string;
  /** The pair at that place is explored first. */
  readonly explored: boolean;
}

/** Opens the file and puts the cursor where one is going to type: before the pair, on its line. */
export async function prepareTyping({ large, explored }: Typing): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const half = AROUND.length / 2;
  const editor = large
    ? await openLarge(large)
    : await open([...AROUND.slice(0, half), PAIR, ...AROUND.slice(half)].join('\n'), undefined, 'md');
  const { document } = editor;
  const text = document.getText();
  const found = text.indexOf(large ? 'number 300 of' : 'boy');
  if (explored) {
    const at = document.positionAt(found);
    editor.selection = new vscode.Selection(at, at);
    if (!(await command('exploreLine'))) throw new Error('The pair could not be explored.');
  } else {
    // Where the panel would be: an editor group beside it costs the window something, whatever stands in it.
    await open(AROUND.join('\n'), vscode.ViewColumn.Two);
  }
  await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
  // In a word of the pair: its marks and what it is bound to are moved and drawn anew at each key.
  const at = document.positionAt(found + 2);
  editor.selection = new vscode.Selection(at, at);
  editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenter);
}

/** Takes back what was typed, so that every round begins alike. */
export async function untype(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
