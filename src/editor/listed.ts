import * as vscode from 'vscode';

/** A list in the language of VS Code: “a, b”, “a、b”. Not by Intl, which loads its tables of languages for it: 12 ms at once. */
export function listed(items: readonly string[]): string {
  return items.join(/^(zh|ja)\b/.test(vscode.env.language) ? '、' : ', ');
}
