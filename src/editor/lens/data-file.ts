import * as vscode from 'vscode';
import type { DataForm } from '../../pair/data/format-for.ts';
import type { PairFormat, PairPlace } from '../../pair/data/pair-format.ts';
import { PairIndex } from '../../pair/data/pair-index.ts';
import { type TextPart, wholeText } from './document-text.ts';
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

/** Pairs that were found, with the text that they were found in. */
export interface FoundPairs {
  readonly format: PairFormat;
  /** By start; offsets of the part's text. */
  readonly places: readonly PairPlace[];
  readonly part: TextPart;
}

/** Lines further up in which the beginning of a record is looked for. */
const BEFORE = 200;

/** A document with pairs. What can be read from any line on is read where it is asked for, all else once, as far as needed. */
export class DataFile {
  private readonly index: PairIndex | undefined;
  private eol: vscode.EndOfLine;

  constructor(
    readonly document: vscode.TextDocument,
    readonly form: FileForm,
  ) {
    this.index = form.format && !form.format.startAt ? new PairIndex(form.format) : undefined;
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
   * The pairs that begin in [from, to] of the document, and further up those whose record reaches into it, in slices.
   * @returns undefined when it was cancelled, or the document changed meanwhile: then one has to ask anew
   */
  async pairsIn(from: number, to: number, token?: vscode.CancellationToken): Promise<FoundPairs | undefined> {
    const { document, form, eol } = this;
    const { format } = form;
    const { version } = document;
    if (!format) return undefined;
    const slices = new Slices();
    // Other line ends move everything, and are no edit to VS Code.
    if (eol !== document.eol) this.edited(0);
    this.eol = document.eol;
    const part = format.startAt ? linesAround(document, from, to) : await wholeText(document, slices, token);
    if (!part) return undefined;
    const { text, base } = part;
    const index = this.index ?? new PairIndex(format, format.startAt?.(text, from - base));
    while (!index.read(text, to - base, () => slices.over)) {
      await slices.rest();
      if (token?.isCancellationRequested || document.isClosed || document.version !== version) return undefined;
    }
    const places = index.between(0, to - base);
    const first = places.findIndex(({ end }) => end >= from - base);
    return { format, places: first < 0 ? [] : places.slice(first), part };
  }
}

/** The lines that hold [from, to] of a document, and some before them. */
function linesAround(document: vscode.TextDocument, from: number, to: number): TextPart {
  const start = new vscode.Position(Math.max(0, document.positionAt(from).line - BEFORE), 0);
  const end = new vscode.Position(document.positionAt(to).line + 1, 0);
  return { text: document.getText(new vscode.Range(start, end)), base: document.offsetAt(start) };
}
