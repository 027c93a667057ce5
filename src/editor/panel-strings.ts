import * as vscode from 'vscode';

/** The translations, as the webview takes them: English text → translation; none for English. */
export function panelStrings(): Record<string, string> {
  const bundle = Object.entries(vscode.l10n.bundle ?? {});
  return Object.fromEntries(bundle.map(([key, value]) => [key, typeof value === 'string' ? value : String(value)]));
}
