import * as vscode from 'vscode';
import { isAbort, showError } from './host/errors.ts';

/** Registers commands of ours by their short names; each shows its failure in one way. */
export function registerTable(table: Readonly<Record<string, (...args: never[]) => unknown>>): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries(table).map(([id, run]) =>
      vscode.commands.registerCommand(`attentionExplorer.${id}`, async (...args: never[]) => {
        try {
          return await run(...args);
        } catch (error) {
          if (!isAbort(error)) void showError(error);
          return undefined;
        }
      }),
    ),
  );
}
