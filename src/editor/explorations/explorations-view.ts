import * as vscode from 'vscode';
import { registerTable } from '../host/errors.ts';
import { ago } from '../host/localized-text.ts';
import type { Explorations } from './explorations.ts';
import { type ExplorationRecord, recordName } from './history.ts';

type Group = 'open' | 'recent';
type Node = Group | ExplorationRecord;

const VIEW = 'attentionExplorer.explorations';

/** The view in the side bar: the explorations that are open and the recent ones, to reopen, rename, pin and remove. */
export class ExplorationsView implements vscode.TreeDataProvider<Node> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly subscriptions: vscode.Disposable;
  private shown = '';

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly explorations: Explorations) {
    const view = vscode.window.createTreeView<Node>(VIEW, { treeDataProvider: this, showCollapseAll: false });
    this.subscriptions = vscode.Disposable.from(
      view,
      // "3 minutes ago" grows old: it is told anew when the view is looked at.
      view.onDidChangeVisibility(({ visible }) => visible && this.changed.fire(undefined)),
      explorations.onDidChange(() => this.refresh()),
      explorations.memory.onDidChange(() => this.changed.fire(undefined)),
      registerTable({
        reopen: (record?: ExplorationRecord) => this.with(record, ({ id }) => explorations.reopen(id)),
        rename: (record?: ExplorationRecord) => this.with(record, (chosen) => this.rename(chosen)),
        pin: (record?: ExplorationRecord) => this.with(record, ({ id }) => this.memory.change(id, { pinned: true })),
        unpin: (record?: ExplorationRecord) => this.with(record, ({ id }) => this.memory.change(id, { pinned: false })),
        remove: (record?: ExplorationRecord) => this.with(record, ({ id }) => this.remove(id)),
        clearRecent: () => this.clearRecent(),
      }),
    );
  }

  getChildren(node?: Node): Node[] {
    const open = this.records(true);
    const recent = this.records(false);
    if (node === 'open') return open;
    if (node === 'recent') return recent;
    if (node) return [];
    const groups: Group[] = ['open', 'recent'];
    return groups.filter((group) => (group === 'open' ? open : recent).length > 0);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node === 'open' || node === 'recent') {
      const label = node === 'open' ? vscode.l10n.t('Open Now') : vscode.l10n.t('Recent');
      const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
      item.id = node;
      item.contextValue = node;
      return item;
    }
    const open = this.explorations.get(node.id);
    const item = new vscode.TreeItem(recordName(node));
    item.id = node.id;
    item.description = `${node.model} · ${ago(node.when)}`;
    item.tooltip = tooltip(node);
    item.iconPath = new vscode.ThemeIcon(node.pinned ? 'pinned' : open ? 'telescope' : 'history');
    item.contextValue = [open ? 'open' : 'closed', node.pinned ? 'pinned' : 'unpinned'].join(' ');
    item.command = { command: 'attentionExplorer.reopen', title: vscode.l10n.t('Open'), arguments: [node] };
    item.accessibilityInformation = {
      label: node.pinned
        ? vscode.l10n.t('{0}, {1}, pinned', recordName(node), item.description)
        : vscode.l10n.t('{0}, {1}', recordName(node), item.description),
    };
    return item;
  }

  getParent(node: Node): Node | undefined {
    if (typeof node === 'string') return undefined;
    return this.explorations.get(node.id) ? 'open' : 'recent';
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changed.dispose();
  }

  private get memory() {
    return this.explorations.memory;
  }

  /** Pinned ones first, then the newest. */
  private records(open: boolean): ExplorationRecord[] {
    const all = this.memory.records.filter(({ id }) => (this.explorations.get(id) !== undefined) === open);
    return [...all.filter(({ pinned }) => pinned), ...all.filter(({ pinned }) => !pinned)];
  }

  /** Explorations change with every step; the tree only with what it lists. */
  private refresh(): void {
    const now = this.explorations.all
      .map(({ id }) => id)
      .sort()
      .join();
    if (now === this.shown) return;
    this.shown = now;
    this.changed.fire(undefined);
  }

  /** From the tree with its row, from the palette with a pick. */
  private async with(record: ExplorationRecord | undefined, what: (record: ExplorationRecord) => unknown) {
    const chosen = record?.id ? record : await this.pick();
    return chosen && what(chosen);
  }

  private async pick(): Promise<ExplorationRecord | undefined> {
    const items = [...this.records(true), ...this.records(false)].map((record) => ({
      label: `$(${this.explorations.get(record.id) ? 'telescope' : 'history'}) ${recordName(record)}`,
      description: `${record.model} · ${ago(record.when)}`,
      record,
    }));
    const placeHolder =
      items.length > 0 ? vscode.l10n.t('Which exploration?') : vscode.l10n.t('Nothing has been explored yet');
    return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.record;
  }

  private async rename(record: ExplorationRecord): Promise<void> {
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t('Rename Exploration'),
      prompt: vscode.l10n.t('Left empty, it is named by its texts.'),
      value: record.name ?? '',
      placeHolder: recordName({ ...record, name: undefined }),
      validateInput: (text) => (text.length > 200 ? vscode.l10n.t('At most 200 characters.') : undefined),
    });
    if (name !== undefined) await this.memory.change(record.id, { name: name.trim() || undefined });
  }

  private async remove(id: string): Promise<void> {
    this.explorations.close(id);
    await this.memory.remove(id);
  }

  /** Forgets what is neither open nor pinned. */
  private async clearRecent(): Promise<void> {
    await this.memory.remove(...this.records(false).flatMap(({ id, pinned }) => (pinned ? [] : [id])));
  }
}

function tooltip(record: ExplorationRecord): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendText(`${record.source.text}\n\n→ ${record.target?.text ?? record.written ?? ''}\n\n`);
  text.appendText(`${record.model} · ${new Date(record.when).toLocaleString(vscode.env.language)}`);
  return text;
}
