import * as vscode from 'vscode';

/** Hovers that explain attention where code and notes speak of it; `enabled` is asked each time. */
export function registerCodeHovers(enabled: () => boolean): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { scheme: '*' },
    {
      async provideHover(document, position, token) {
        if (!enabled()) return undefined;
        // What reads code is a fifth of the extension: it is loaded where somebody hovers.
        const { codeHover } = await import('./code/code-hover.ts');
        return codeHover(document, position, token);
      },
    },
  );
}
