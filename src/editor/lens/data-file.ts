import type * as vscode from 'vscode';
import type { DataForm } from '../../pair/data/format-for.ts';
import type { PairFormat, PairPlace } from '../../pair/data/pair-format.ts';
import { PairIndex } from '../../pair/data/pair-index.ts';
import { documentText } from './document-text.ts';
import type { OtherFile } from './other-files.ts';
import { Slices } from './slices.ts';

/** What kind of file a document is: one with both texts of each pair, or one whose other texts stand in another file. */
export type FileForm = DataForm | LanguageForm;

export interface LanguageForm {
  readonly kind: OtherFile['kind'];
  readonly format: PairFormat;
  /** The one that is used first. */
  readonly others: readonly OtherFile[];
}

/** A document with pairs, and where in it they stand, as far as it has been read. */
export class DataFile {
  private readonly index: PairIndex | undefined;
  private eol: vscode.EndOfLine;

  constructor(
    readonly document: vscode.TextDocument,
    readonly form: FileForm,
  ) {
    this.index = form.format && new PairIndex(form.format);
    this.eol = document.eol;
  }

  get other(): OtherFile | undefined {
    return 'others' in this.form ? this.form.others[0] : undefined;
  }

  /** What was read from a document offset on is no longer true. */
  edited(offset: number): void {
    this.index?.edited(offset);
  }

  /**
   * The pairs that begin in [from, to] of the document, in slices.
   * @returns undefined when it was cancelled, or the document changed meanwhile: then one has to ask anew
   */
  async placesIn(
    from: number,
    to: number,
    token: vscode.CancellationToken | undefined,
  ): Promise<readonly PairPlace[] | undefined> {
    const { document, index } = this;
    if (!index) return [];
    const { version } = document;
    // Other line ends move everything, and are no edit to VS Code.
    if (this.eol !== document.eol) index.edited(0);
    this.eol = document.eol;
    const slices = new Slices();
    const text = await documentText(document, slices, token);
    if (text === undefined) return undefined;
    while (!index.read(text, from, to, () => slices.over)) {
      await slices.rest();
      if (token?.isCancellationRequested || document.isClosed || document.version !== version) return undefined;
    }
    return index.between(from, to);
  }

  /** Of the pairs that have been read, those that begin in [from, to]. */
  known(from: number, to: number): readonly PairPlace[] {
    return this.index?.between(from, to) ?? [];
  }
}
