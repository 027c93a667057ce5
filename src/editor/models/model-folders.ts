import * as vscode from 'vscode';

/** The context key that menus ask: URIs of the folders that hold a `config.json`. */
const KEY = 'attentionExplorer.modelFolders';
const CONFIG = '**/config.json';
/** More folders than anybody looks through; a search ends there. */
const MOST = 1000;
/** Milliseconds after the start, and after what changed last, when a window has the time to look for files. */
const LATER = 2000;

/** Keeps the context key by which *Use as Attention Model* stands on folders of the workspace that hold a `config.json`. */
export class ModelFolders implements vscode.Disposable {
  private readonly told = new vscode.EventEmitter<readonly string[]>();
  private readonly subscriptions: vscode.Disposable;
  private readonly watcher = vscode.workspace.createFileSystemWatcher(CONFIG, false, true, false);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** The folders, as menus know them from now on. */
  readonly onDidTell = this.told.event;

  constructor() {
    const again = () => this.lookLater();
    this.subscriptions = vscode.Disposable.from(
      this.watcher,
      this.told,
      this.watcher.onDidCreate(again),
      this.watcher.onDidDelete(again),
      // A watcher tells nothing of what is in a folder that comes, goes or gets another name.
      vscode.workspace.onDidCreateFiles(again),
      vscode.workspace.onDidDeleteFiles(again),
      vscode.workspace.onDidRenameFiles(again),
      vscode.workspace.onDidChangeWorkspaceFolders(again),
    );
    again();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  private lookLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), LATER);
  }

  private async look(): Promise<void> {
    const files = await vscode.workspace.findFiles(CONFIG, '**/node_modules/**', MOST);
    const folders = files.map((file) => vscode.Uri.joinPath(file, '..').toString());
    await vscode.commands.executeCommand('setContext', KEY, folders);
    this.told.fire(folders);
  }
}
