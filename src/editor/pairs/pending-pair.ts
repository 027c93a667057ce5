import * as vscode from 'vscode';
import { shorten } from '../../base/text.ts';
import { ExplorerError } from '../../contract/error.ts';
import { type AnchoredPair, followEdits, type PlacedText } from './anchored-pair.ts';

/** What was set as source and as target, across files and editor groups; the status bar says what. */
export class PendingPair {
  private readonly item: vscode.StatusBarItem;
  private readonly edits: vscode.Disposable;
  private sourceText: PlacedText | undefined;
  private targetText: PlacedText | undefined;

  constructor() {
    this.item = vscode.window.createStatusBarItem('attentionExplorer.pair', vscode.StatusBarAlignment.Left, 0);
    this.item.name = vscode.l10n.t('Attention: Set Pair');
    this.item.command = 'attentionExplorer.setPairMenu';
    this.edits = vscode.workspace.onDidChangeTextDocument((event) => {
      followEdits(event, { source: this.sourceText, target: this.targetText });
    });
  }

  get source(): PlacedText | undefined {
    return this.sourceText;
  }

  get target(): PlacedText | undefined {
    return this.targetText;
  }

  /** @throws ExplorerError when there is nothing that could be explored */
  get pair(): AnchoredPair {
    const { sourceText: source, targetText: target } = this;
    if (!source) {
      throw new ExplorerError('text-empty', 'No source is set. Select a text and choose Set Selection as Source.');
    }
    if (target && target.anchor.text.trim() === source.anchor.text.trim()) {
      throw new ExplorerError(
        'text-same',
        'Source and target are the same text. Select a translation as target, or the source alone and let the model write the target.',
      );
    }
    return { source, target };
  }

  set(side: 'source' | 'target', text: PlacedText | undefined): void {
    if (side === 'source') this.sourceText = text;
    else this.targetText = text;
    this.show();
  }

  swap(): void {
    [this.sourceText, this.targetText] = [this.targetText, this.sourceText];
    this.show();
  }

  clear(): void {
    this.sourceText = undefined;
    this.targetText = undefined;
    this.show();
  }

  /** Click on the status bar: what can be done with what is set. */
  async menu(): Promise<void> {
    const items = [
      {
        label: `$(telescope) ${vscode.l10n.t('Explore Set Pair')}`,
        command: 'exploreSetPair',
        shown: !!this.sourceText,
      },
      { label: `$(arrow-swap) ${vscode.l10n.t('Swap Source and Target')}`, command: 'swapSetPair', shown: true },
      { label: `$(clear-all) ${vscode.l10n.t('Clear Set Pair')}`, command: 'clearPair', shown: true },
    ].filter(({ shown }) => shown);
    const title = vscode.l10n.t('Attention: Set Pair');
    const chosen = await vscode.window.showQuickPick(items, { title, placeHolder: this.describe() });
    if (chosen) await vscode.commands.executeCommand(`attentionExplorer.${chosen.command}`);
  }

  /** What is set, in one line. */
  describe(): string {
    const none = vscode.l10n.t('not set');
    return vscode.l10n.t(
      'Source: {0}; target: {1}',
      this.sourceText ? shorten(this.sourceText.anchor.text, 60) : none,
      this.targetText ? shorten(this.targetText.anchor.text, 60) : none,
    );
  }

  dispose(): void {
    this.item.dispose();
    this.edits.dispose();
  }

  private show(): void {
    const { sourceText: source, targetText: target } = this;
    void vscode.commands.executeCommand('setContext', 'attentionExplorer.hasSource', source !== undefined);
    void vscode.commands.executeCommand('setContext', 'attentionExplorer.hasTarget', target !== undefined);
    if (!source && !target) {
      this.item.hide();
      return;
    }
    const part = (text: PlacedText | undefined) => (text ? `“${shorten(text.anchor.text, 16)}”` : '?');
    this.item.text = `$(telescope) ${part(source)} → ${part(target)}`;
    this.item.tooltip = this.describe();
    this.item.accessibilityInformation = { label: this.describe() };
    this.item.show();
  }
}
