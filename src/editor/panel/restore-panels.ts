import type * as vscode from 'vscode';
import type { Explorations } from '../explorations/explorations.ts';

/** Brings every panel back as it was after the window was reloaded; what a page remembers is the id of its exploration. */
export function restorePanels(explorations: Explorations): vscode.WebviewPanelSerializer {
  return {
    deserializeWebviewPanel: (restored, state: unknown) => {
      const id = typeof state === 'object' && state !== null && 'id' in state ? state.id : undefined;
      return explorations.restore(restored, typeof id === 'string' ? id : undefined);
    },
  };
}
