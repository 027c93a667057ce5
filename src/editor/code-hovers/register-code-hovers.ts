import * as vscode from 'vscode';
import { yieldToEventLoop } from '../../base/scheduling.ts';
import { CODE_DOCUMENTS } from '../host/document-selectors.ts';
import { isOnFor } from '../host/settings.ts';

/** Hovers that explain attention where code and notes speak of it. */
export function registerCodeHovers(): vscode.Disposable {
  return vscode.languages.registerHoverProvider(CODE_DOCUMENTS, {
    async provideHover(document, position, token) {
      if (!isOnFor(document, 'codeHovers')) return undefined;
      // What reads code is a fifth of the extension: it is loaded where somebody hovers.
      const { codeHover } = await import('./code-hover.ts');
      // Loading and looking each have a turn of the thread.
      await yieldToEventLoop();
      return codeHover(document, position, token);
    },
  });
}
