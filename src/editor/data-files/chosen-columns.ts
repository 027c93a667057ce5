import * as vscode from 'vscode';
import type { DataChoice } from '../../pair/data/format-detection.ts';
import type { LanguageKind } from '../../pair/data/language-files.ts';

const KEY = 'attentionExplorer.columns';
/** Files whose choice is kept; those chosen longest ago are forgotten. */
const KEPT = 200;

/** What a person has chosen for one file: fields of it, or another file that holds the other texts. */
export type FileChoice =
  | { readonly data: DataChoice }
  | { readonly other: { readonly uri: string; readonly kind: LanguageKind; readonly sourceHere: boolean } };

/** What was chosen with *Choose Columns…*, kept for each file of the workspace. */
export class ChosenForms {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly store: vscode.Memento) {}

  /** The files for which something was chosen. */
  get uris(): vscode.Uri[] {
    return this.all().map(([file]) => vscode.Uri.parse(file));
  }

  get(uri: vscode.Uri): FileChoice | undefined {
    return this.all().find(([file]) => file === uri.toString())?.[1];
  }

  /** @param choice undefined to leave it to what the file says */
  async set(uri: vscode.Uri, choice: FileChoice | undefined): Promise<void> {
    const others = this.all().filter(([file]) => file !== uri.toString());
    const all = choice ? [[uri.toString(), choice] as const, ...others] : others;
    await this.store.update(KEY, all.slice(0, KEPT));
    this.changed.fire(uri);
  }

  dispose(): void {
    this.changed.dispose();
  }

  private all(): readonly (readonly [string, FileChoice])[] {
    const stored = this.store.get<readonly (readonly [string, FileChoice])[]>(KEY);
    return Array.isArray(stored) ? stored : [];
  }
}
