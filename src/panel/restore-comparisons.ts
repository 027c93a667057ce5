import * as v from 'valibot';
import type * as vscode from 'vscode';
import type { ComparedState } from '../editor/comparison.ts';
import type { Comparisons } from '../editor/comparisons.ts';
import { viewStateSchema } from '../protocol/view-state-schema.ts';

const sideSchema = v.object({
  id: v.string(),
  written: v.optional(v.boolean()),
  state: v.optional(viewStateSchema),
});
const pageSchema = v.object({ left: sideSchema, right: sideSchema });
const NONE: ComparedState = { id: '', state: undefined };

/** Brings comparisons back after the window was reloaded; a page remembers its explorations and how it looked at them. */
export function restoreComparisons(comparisons: Comparisons): vscode.WebviewPanelSerializer {
  return {
    deserializeWebviewPanel: (restored, state: unknown) => {
      const { success, output } = v.safeParse(pageSchema, state);
      const side = (name: 'left' | 'right'): ComparedState =>
        success ? { ...output[name], state: output[name].state } : NONE;
      return comparisons.restore(restored, side('left'), side('right'));
    },
  };
}
