import type * as vscode from 'vscode';
import type { Comparisons } from '../explorations/comparisons.ts';
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

/** Brings comparisons back after the window was reloaded; a page remembers its explorations and how it looked at them. */
export function restoreComparisons(comparisons: Comparisons): vscode.WebviewPanelSerializer {
  return {
    async deserializeWebviewPanel(restored, state: unknown) {
      const { fromPage } = await import('./page-messages.ts');
      const { left, right } = fromPage.sides(state);
      return comparisons.restore(restored, left, right);
    },
  };
}
