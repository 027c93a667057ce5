import type * as vscode from 'vscode';

/**
 * A language provider for a set of documents that changes while the window is open. VS Code asks a provider about every document
 * that its selector fits, so it is registered for these alone.
 */
export class DocumentsProvider implements vscode.Disposable {
  private readonly documents = new Map<string, vscode.DocumentFilter>();
  private registration: vscode.Disposable | undefined;

  /** @param always documents that are in the set from the beginning, whichever they are */
  constructor(
    private readonly register: (selector: vscode.DocumentFilter[]) => vscode.Disposable,
    private readonly always: readonly vscode.DocumentFilter[] = [],
  ) {
    this.registerAgain();
  }

  /** Puts documents into the set. */
  add(uris: readonly vscode.Uri[]): void {
    const before = this.documents.size;
    for (const uri of uris) this.documents.set(uri.toString(), filterOf(uri));
    if (this.documents.size > before) this.registerAgain();
  }

  /** Makes these, and those that are always in it, the whole set. */
  replace(uris: readonly vscode.Uri[]): void {
    const wanted = new Map(uris.map((uri) => [uri.toString(), filterOf(uri)]));
    if (wanted.size === this.documents.size && [...wanted.keys()].every((key) => this.documents.has(key))) return;
    this.documents.clear();
    for (const [key, filter] of wanted) this.documents.set(key, filter);
    this.registerAgain();
  }

  dispose(): void {
    this.registration?.dispose();
  }

  private registerAgain(): void {
    this.registration?.dispose();
    const selector = [...this.always, ...this.documents.values()];
    this.registration = selector.length > 0 ? this.register(selector) : undefined;
  }
}

/** VS Code compares a pattern with the path before it reads it as one, so that any name of a file is found. */
function filterOf({ scheme, fsPath }: vscode.Uri): vscode.DocumentFilter {
  return { scheme, pattern: fsPath };
}
