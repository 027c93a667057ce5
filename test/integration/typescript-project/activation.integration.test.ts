import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../../extension-id.ts';
import { open } from '../workbench.ts';

const isLoaded = () => vscode.extensions.getExtension(EXTENSION_ID)?.isActive;

/** Opens a file of the project, and asks all that VS Code asks the extensions of a language about a file that is shown. */
async function look(name: string): Promise<vscode.TextDocument> {
  const [{ uri }] = vscode.workspace.workspaceFolders ?? [];
  const file = vscode.Uri.joinPath(uri, name);
  const { document } = await vscode.window.showTextDocument(file);
  await vscode.commands.executeCommand('vscode.executeHoverProvider', file, new vscode.Position(1, 20));
  await vscode.commands.executeCommand('vscode.executeCodeLensProvider', file);
  assert.equal(isLoaded(), false, name);
  return document;
}

suite('activation', () => {
  // First: what is loaded stays so.
  test('opening and reading a TypeScript project does not load the extension', async () => {
    assert.equal(isLoaded(), false, 'when the window has opened');
    assert.equal((await look('src/main.ts')).languageId, 'typescript');
    await look('src/greeting.ts');
    assert.equal((await look('tsconfig.json')).languageId, 'jsonc');
    assert.equal((await look('package.json')).languageId, 'json');
    await open('a note');
    assert.equal(isLoaded(), false, 'after a note');
  });

  for (const [ending, language, content] of [
    ['csv', 'csv', 'en,zh\nI read.,我看书。\n'],
    ['tsv', 'tsv', 'I read.\t我看书。\n'],
    ['tab', 'tsv', 'I read.\t我看书。\n'],
    ['po', 'po', 'msgid "I read."\nmsgstr "我看书。"\n'],
    ['pot', 'po', 'msgid "I read."\nmsgstr ""\n'],
    ['xlf', 'xliff', '<?xml version="1.0"?>\n<xliff version="1.2"></xliff>\n'],
    ['xliff', 'xliff', '<?xml version="1.0"?>\n<xliff version="2.0"></xliff>\n'],
  ] as const) {
    test(`a file .${ending} is of the language ${language}, which loads the extension`, async () => {
      const { document } = await open(content, vscode.ViewColumn.One, ending);
      assert.equal(document.languageId, language);
      for (let i = 0; i < 100 && !isLoaded(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(isLoaded(), true);
    });
  }
});
