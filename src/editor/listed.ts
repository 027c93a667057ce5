import * as vscode from 'vscode';

/** A list in the language of VS Code: “a, b”, “a、b”. */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat(vscode.env.language, { type: 'conjunction', style: 'narrow' }).format(items);
}
