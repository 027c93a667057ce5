import * as vscode from 'vscode';
import type { ExplorationView } from '../contract/view.ts';
import type { Action } from '../contract/view-state.ts';
import { type ExplorationRecord, recordName } from '../session/history.ts';
import { headItems } from './explorations/head-picker.ts';
import { ago } from './host/localized-text.ts';

/** Another head of what is compared already, or another exploration. */
export type Picked = { readonly action: Action } | { readonly id: string };

/**
 * Lets the person pick what stands on a side of a comparison.
 * @param view what is looked at now, for its heads    @param others explorations besides it, open ones first
 */
export async function pickCompared(
  view: ExplorationView | undefined,
  others: readonly ExplorationRecord[],
): Promise<Picked | undefined> {
  type Item = vscode.QuickPickItem & { readonly choice?: Picked };
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items: Item[] = [
    ...(others.length ? [separator(vscode.l10n.t('Another exploration'))] : []),
    ...others.map((record) => ({
      label: `$(telescope) ${recordName(record)}`,
      description: `${record.model} · ${ago(record.when)}`,
      choice: { id: record.id },
    })),
    ...(view ? headItems(view) : []).map(({ action, ...item }) => ({ ...item, choice: action && { action } })),
  ];
  const title = vscode.l10n.t('Compare With…');
  const placeHolder = vscode.l10n.t('Another head of this pair, or another exploration');
  return (await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true }))?.choice;
}
