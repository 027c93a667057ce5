import type * as vscode from 'vscode';
import type { Comparisons } from '../editor/explorations/comparisons.ts';

/** Brings comparisons back after the window was reloaded; a page remembers its explorations and how it looked at them. */
export function restoreComparisons(comparisons: Comparisons): vscode.WebviewPanelSerializer {
  return {
    async deserializeWebviewPanel(restored, state: unknown) {
      const { fromPage } = await import('../editor/panel/page-messages.ts');
      const { left, right } = fromPage.sides(state);
      return comparisons.restore(restored, left, right);
    },
  };
}
