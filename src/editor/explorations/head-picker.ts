import * as vscode from 'vscode';
import type { ExplorationView } from '../../contract/view.ts';
import type { Action } from '../../contract/view-state.ts';
import { ago } from '../host/localized-text.ts';
import { type ExplorationRecord, recordName } from './history.ts';

export type HeadItem = vscode.QuickPickItem & { readonly action?: Action };

/** Lets the person pick one of layers × heads, or a mean. @returns the action, undefined when nothing was picked */
export async function changeHead(view: ExplorationView): Promise<Action | undefined> {
  const title = vscode.l10n.t('Change Head');
  const placeHolder = vscode.l10n.t('Low entropy: the head looks at few tokens');
  return (await vscode.window.showQuickPick(headItems(view), { title, placeHolder, matchOnDescription: true }))?.action;
}

/** Every head of the kind that is looked at, by layer, and the means. */
function headItems(view: ExplorationView): HeadItem[] {
  const { layers, heads, measures } = view.overview;
  const { sharpest } = view.facts;
  const items: HeadItem[] = [
    { label: vscode.l10n.t('Mean of all layers and heads'), action: { type: 'setHead', head: 'mean', layer: 'mean' } },
  ];
  for (let layer = 0; layer < layers; layer++) {
    const name = vscode.l10n.t('Layer {0}', layer + 1);
    items.push({ label: name, kind: vscode.QuickPickItemKind.Separator });
    for (let head = 0; head < heads; head++) {
      const marks = [vscode.l10n.t('entropy {0}', measures.entropy[layer * heads + head].toFixed(2))];
      if (sharpest.layer === layer && sharpest.head === head) marks.push(vscode.l10n.t('the sharpest'));
      const here = view.state.layer === layer && view.state.head === head;
      items.push({
        label: `${here ? '$(check) ' : ''}${vscode.l10n.t('Layer {0}, head {1}', layer + 1, head + 1)}`,
        description: marks.join(' · '),
        action: { type: 'setHead', head, layer },
      });
    }
    items.push({
      label: vscode.l10n.t('Layer {0}, mean of all heads', layer + 1),
      action: { type: 'setHead', head: 'mean', layer },
    });
  }
  return items;
}

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
