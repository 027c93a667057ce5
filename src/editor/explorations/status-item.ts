import * as vscode from 'vscode';
import { throttleWhileRunning } from '../../base/scheduling.ts';
import { shorten } from '../../base/text.ts';
import type { ExplorationView } from '../../contract/view.ts';
import type { Explorations } from './explorations.ts';

/** In the status bar: what the active exploration looks at; a click shows its panel. Hidden while none is open. */
export class StatusItem {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly explorations: Explorations) {
    this.item = vscode.window.createStatusBarItem('attentionExplorer.status', vscode.StatusBarAlignment.Right, 100);
    this.item.name = vscode.l10n.t('Attention');
    this.item.command = 'attentionExplorer.showPanel';
    const isRunning = () => explorations.active?.controller.panelState.status === 'running';
    const show = throttleWhileRunning(isRunning, () => this.show());
    this.subscriptions = vscode.Disposable.from(
      explorations.onDidChange(show),
      explorations.onDidChangeView(show),
      show,
    );
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.item.dispose();
  }

  private show(): void {
    const { controller } = this.explorations.active ?? {};
    if (!controller || controller.panelState.status === 'empty') {
      this.item.hide();
      return;
    }
    const { view, run, panelState } = controller;
    const { text, label } =
      panelState.status === 'running'
        ? {
            text: `$(sync~spin) ${vscode.l10n.t('Attention')}`,
            label: vscode.l10n.t('Attention: the model is running'),
          }
        : panelState.status === 'failed' && !view
          ? { text: `$(warning) ${vscode.l10n.t('Attention')}`, label: panelState.error?.message ?? '' }
          : { text: `$(telescope) ${place(view)}`, label: vscode.l10n.t('Attention: {0}', place(view)) };
    this.item.text = text;
    this.item.accessibilityInformation = { label };
    const pair = run ? `${shorten(run.source, 60)} → ${shorten(run.target, 60)}\n` : '';
    this.item.tooltip = `${pair}${label}\n${vscode.l10n.t('Click to show the panel')}`;
    this.item.show();
  }
}

/** Where one is: layer, head, phase and the token that asks. */
function place(view: ExplorationView | undefined): string {
  if (!view) return vscode.l10n.t('Attention');
  const { layer, head, phase } = view.state;
  const of = (letter: string, index: number | 'mean') =>
    index === 'mean' ? `${letter} ${vscode.l10n.t('mean')}` : `${letter}${index + 1}`;
  const name = {
    query: vscode.l10n.t('Query'),
    match: vscode.l10n.t('Match'),
    combine: vscode.l10n.t('Combine'),
  }[phase];
  const token = view.rows[view.row]?.text;
  return `${of('L', layer)} · ${of('H', head)} · ${name}${token ? ` · ${shorten(token, 12)}` : ''}`;
}

/** Keeps the context keys of menus and key bindings true to the exploration that commands act on. */
export function contextKeys(explorations: Explorations): vscode.Disposable {
  const told = new Map<string, boolean>();
  const tell = () => {
    const controller = explorations.active?.controller;
    const keys = {
      hasExplorations: explorations.memory.records.length > 0,
      hasExploration: controller?.run !== undefined,
      hasPair: controller?.lastPair !== undefined,
      playing: controller?.playing ?? false,
      running: controller?.panelState.status === 'running',
    };
    for (const [key, value] of Object.entries(keys)) {
      if ((told.get(key) ?? false) === value) continue;
      told.set(key, value);
      void vscode.commands.executeCommand('setContext', `attentionExplorer.${key}`, value);
    }
  };
  tell();
  const isRunning = () => explorations.active?.controller.panelState.status === 'running';
  const changed = throttleWhileRunning(isRunning, tell);
  return vscode.Disposable.from(explorations.onDidChange(changed), explorations.memory.onDidChange(changed), changed);
}
