import * as vscode from 'vscode';
import type { ExplorationView } from '../../contract/view.ts';
import type { Action } from '../../contract/view-state.ts';

export type HeadItem = vscode.QuickPickItem & { readonly action?: Action };

/** Lets the person pick one of layers × heads, or a mean. @returns the action, undefined when nothing was picked */
export async function changeHead(view: ExplorationView): Promise<Action | undefined> {
  const title = vscode.l10n.t('Change Head');
  const placeHolder = vscode.l10n.t('Low entropy: the head looks at few tokens');
  return (await vscode.window.showQuickPick(headItems(view), { title, placeHolder, matchOnDescription: true }))?.action;
}

/** Every head of the kind that is looked at, by layer, and the means. */
export function headItems(view: ExplorationView): HeadItem[] {
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
