import * as vscode from 'vscode';
import { yieldToEventLoop } from '../../base/scheduling.ts';
import type { ChosenForms } from './chosen-columns.ts';
import type { DataFile } from './data-file.ts';

/** Characters of a file by which its columns and delimiters are recognised. */
const SAMPLE = 65_536;
const SAMPLE_LINES = 2000;

/** The documents that have pairs in them, each read as far as it was asked for. */
export class DataFiles {
  private readonly files = new Map<string, Promise<DataFile | undefined>>();
  /** What has been read of each, to be told of edits at once. */
  private readonly read = new Map<string, DataFile>();
  /** Documents whose beginning was edited: they may be of another form now. */
  private readonly doubtful = new Set<string>();
  private readonly subscriptions: vscode.Disposable;

  constructor(private readonly chosen: ChosenForms) {
    const forget = (uri: vscode.Uri) => this.forget(uri.toString());
    const forgetAll = () => {
      for (const key of [...this.files.keys()]) this.forget(key);
    };
    this.subscriptions = vscode.Disposable.from(
      chosen.onDidChange(forget),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => forget(uri)),
      vscode.workspace.onDidChangeTextDocument((event) => this.edited(event)),
      // Another language may have come or gone.
      vscode.workspace.onDidCreateFiles(forgetAll),
      vscode.workspace.onDidDeleteFiles(forgetAll),
      vscode.workspace.onDidRenameFiles(forgetAll),
    );
  }

  /** The document as a file of pairs. @returns undefined when it is none */
  async of(document: vscode.TextDocument): Promise<DataFile | undefined> {
    const key = document.uri.toString();
    const known = this.files.get(key);
    if (known && !this.doubtful.delete(key)) return known;
    const file = this.recognise(document, await known);
    this.files.set(key, file);
    return file;
  }

  /** The beginning of a document, by which it is recognised. */
  sampleOf(document: vscode.TextDocument): string {
    return document.getText(new vscode.Range(0, 0, SAMPLE_LINES, 0)).slice(0, SAMPLE);
  }

  dispose(): void {
    this.subscriptions.dispose();
  }

  private async recognise(document: vscode.TextDocument, earlier: DataFile | undefined): Promise<DataFile | undefined> {
    // What reads data is a fourth of the extension: it is loaded with the first document.
    const { detectFormat: recognise } = await import('./file-format.ts');
    await yieldToEventLoop();
    const file = await recognise(document, this.chosen.get(document.uri), () => this.sampleOf(document), earlier);
    if (file) this.read.set(document.uri.toString(), file);
    return file;
  }

  private forget(key: string): void {
    this.files.delete(key);
    this.read.delete(key);
    this.doubtful.delete(key);
  }

  private edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const key = document.uri.toString();
    if (!this.files.has(key) || contentChanges.length === 0) return;
    const offset = Math.min(...contentChanges.map(({ rangeOffset }) => rangeOffset));
    if (offset < SAMPLE) this.doubtful.add(key);
    this.read.get(key)?.edited(offset);
  }
}
