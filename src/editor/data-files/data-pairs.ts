import * as vscode from 'vscode';
import { ExplorerError } from '../../contract/error.ts';
import { registerTable } from '../host/errors.ts';
import type { AnchoredPair, OpenExploration } from '../pairs/anchored-pair.ts';
import { ChosenForms } from './chosen-columns.ts';
import type { Question } from './column-picker.ts';
import { DataFiles } from './data-files.ts';
import { PairLenses } from './pair-lens-provider.ts';

/** Pairs where people keep them: rows, records, entries and units of data files, with a lens above each. */
export class DataPairs {
  private readonly chosen: ChosenForms;
  private readonly files: DataFiles;
  readonly lenses: PairLenses;
  private readonly commands: vscode.Disposable;

  /** @param store where it is kept what was chosen for a file */
  constructor(open: OpenExploration, store: vscode.Memento) {
    this.chosen = new ChosenForms(store);
    this.files = new DataFiles(this.chosen);
    this.lenses = new PairLenses(this.files, this.chosen);
    this.commands = registerTable({
      exploreDataPair: async (uri: vscode.Uri, offset: number, beginning: string) => {
        const document = await vscode.workspace.openTextDocument(uri);
        const file = await this.files.of(document);
        const { pairNear } = await import('./file-pairs.ts');
        const pair = file && (await pairNear(file, offset, beginning));
        if (pair) return open(pair);
        throw new ExplorerError(
          'text-empty',
          'This pair is no longer in the file. Wait for the file to be read again, or select two texts.',
        );
      },
      chooseColumns: (uri?: vscode.Uri) => this.choose(uri ?? vscode.window.activeTextEditor?.document.uri),
    });
  }

  /** The pair under the cursor where the file is one with pairs. @returns undefined elsewhere */
  async pairAtCursor(editor: vscode.TextEditor | undefined): Promise<AnchoredPair | undefined> {
    const file = editor && (await this.files.of(editor.document));
    if (!file) return undefined;
    const { pairAt } = await import('./file-pairs.ts');
    return pairAt(file, editor.document.offsetAt(editor.selection.active));
  }

  /** Asks which columns of a file are source and target. */
  async choose(uri: vscode.Uri | undefined, ask: Question = vscode.window.showQuickPick): Promise<void> {
    const { chooseColumns } = await import('./column-picker.ts');
    return chooseColumns(this.files, this.chosen, uri, ask);
  }

  dispose(): void {
    vscode.Disposable.from(this.commands, this.lenses, this.files, this.chosen).dispose();
  }
}
