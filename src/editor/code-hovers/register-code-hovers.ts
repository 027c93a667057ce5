import * as vscode from 'vscode';
import { yieldToEventLoop } from '../../base/scheduling.ts';

/** Hovers that explain attention where code and notes speak of it; `enabled` is asked each time. */
export function registerCodeHovers(enabled: () => boolean): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { scheme: '*' },
    {
      async provideHover(document, position, token) {
        if (!enabled()) return undefined;
        // What reads code is a fifth of the extension: it is loaded where somebody hovers.
        const { codeHover } = await import('./code-hover.ts');
        // Loading and looking each have a turn of the thread.
        await yieldToEventLoop();
        return codeHover(document, position, token);
      },
    },
  );
}
