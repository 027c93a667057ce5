import * as vscode from 'vscode';
import { breathe } from '../../base/scheduling.ts';
import { formLens } from '../lens/form-lens.ts';
import { VisibleLines } from '../lens/visible-lines.ts';
import { flag } from '../valid-setting.ts';
import type { DataFiles } from './data-files.ts';

/**
 * *Explore attention* above each pair of a data file, as far as it can be seen: VS Code asks for a whole document, and asks
 * again when other lines have come into view.
 */
export class PairLenses implements vscode.CodeLensProvider {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly lines = new VisibleLines(() => this.changed.fire());
  private readonly subscriptions: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly files: DataFiles,
    onDidChoose: vscode.Event<unknown>,
  ) {
    this.subscriptions = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider({ scheme: '*' }, this),
      onDidChoose(() => this.changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('attentionExplorer.codeLens')) this.changed.fire();
      }),
    );
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[] | undefined> {
    // It may be set for a language, too.
    if (!flag(vscode.workspace.getConfiguration('attentionExplorer', document).get('codeLens'))) return [];
    const file = await this.files.of(document);
    if (!file || token.isCancellationRequested) return [];
    // What is loaded and what is read have a turn of the thread each.
    const { lensesOf } = await import('./pair-lenses.ts');
    await breathe();
    if (token.isCancellationRequested) return [];
    const lenses = formLens(file);
    if (!file.form.format) return lenses;
    for (const { from, to } of this.lines.asked(document)) {
      const found = await file.pairsIn(from, to, token);
      const above = found && (await lensesOf(file, found, token));
      if (!above) return undefined;
      lenses.push(...above);
    }
    return lenses;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.lines.dispose();
    this.changed.dispose();
  }
}
