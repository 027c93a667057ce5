import * as vscode from 'vscode';
import { TimeSlicer } from '../../base/scheduling.ts';
import type { DataForm } from '../../pair/data/format-detection.ts';
import { type PairFormat, type PairPosition, shiftPosition } from '../../pair/data/pair-format.ts';
import { PairIndex, type ReadWindow } from '../../pair/data/pair-index.ts';
import { isLarge, type TextRange, wholeText } from '../host/document-text.ts';
import type { OtherFile } from './sibling-files.ts';

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
  readonly places: readonly PairPosition[];
  readonly part: TextRange;
}

/** Lines further up in which the beginning of a record is looked for. */
const BEFORE = 200;
/** Characters that are better put together in slices. */
const MUCH = 1_000_000;

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
    const slices = new TimeSlicer();
    // Other line ends move everything, and are no edit to VS Code.
    if (eol !== document.eol) this.edited(0);
    this.eol = document.eol;
    const stop = () => token?.isCancellationRequested || document.isClosed || document.version !== version;
    const { index } = this;
    if (index && isLarge(document)) {
      if (!(await readOn(index, document, to, slices, stop))) return undefined;
      const places = index.reaching(from, to);
      const part = await modelPartOf(document, places, slices, token);
      return part && { format, places: places.map((place) => shiftPosition(place, -part.base)), part };
    }
    const part = index ? { text: document.getText(), base: 0 } : linesAround(document, from, to);
    const { text, base } = part;
    const reading = index ?? new PairIndex(format, format.startAt?.(text, from - base));
    while (!reading.read(text, to - base, () => slices.over)) {
      await slices.rest();
      if (stop()) return undefined;
    }
    return { format, places: reading.reaching(from - base, to - base), part };
  }
}

/** The text in which places stand. */
async function modelPartOf(
  document: vscode.TextDocument,
  places: readonly PairPosition[],
  slices: TimeSlicer,
  token: vscode.CancellationToken | undefined,
): Promise<TextRange | undefined> {
  const start = places.reduce((least, place) => Math.min(least, place.start), Number.POSITIVE_INFINITY);
  const end = places.reduce((most, place) => Math.max(most, place.end), 0);
  if (end - start > MUCH) return wholeText(document, slices, token);
  const from = document.positionAt(end > 0 ? start : 0);
  return { text: document.getText(new vscode.Range(from, document.positionAt(end))), base: document.offsetAt(from) };
}

/** The lines that hold [from, to] of a document, and some before them. */
function linesAround(document: vscode.TextDocument, from: number, to: number): TextRange {
  const start = new vscode.Position(Math.max(0, document.positionAt(from).line - BEFORE), 0);
  const end = new vscode.Position(document.positionAt(to).line + 1, 0);
  return { text: document.getText(new vscode.Range(start, end)), base: document.offsetAt(start) };
}

/** Characters of a document that are put together at a time: `getText` of a large one takes longer than one may hold up the host. */
const WINDOW = 786_432;
/** Characters of it that are put together between two looks at the clock. */
const PART = 32_768;

/**
 * Reads an index of a large document on until the pairs that begin up to `to` are known, a window after the other, in slices.
 * @param stop says that it is no longer wanted, or the document no longer what it was
 * @returns false when it was stopped
 */
async function readOn(
  index: PairIndex,
  document: vscode.TextDocument,
  to: number,
  slices: TimeSlicer,
  stop: () => boolean,
): Promise<boolean> {
  const end = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
  let size = WINDOW;
  while (index.offset <= to && index.offset < end) {
    const from = index.offset;
    const window = await windowOf(document, index.needs, from + size, end, slices);
    if (stop()) return false;
    let read = index.readWindow(window, to, () => slices.over);
    while (read === 'stopped') {
      await slices.rest();
      if (stop()) return false;
      read = index.readWindow(window, to, () => slices.over);
    }
    // Nothing fitted: one string, or row, is longer.
    size = index.offset === from ? size * 2 : WINDOW;
    if (slices.over) await slices.rest();
    if (stop()) return false;
  }
  return true;
}

/** With the character before it, by which a reader sees that it is not the document's first; put together in slices. */
async function windowOf(
  document: vscode.TextDocument,
  from: number,
  to: number,
  end: number,
  slices: TimeSlicer,
): Promise<ReadWindow> {
  const base = document.offsetAt(document.positionAt(Math.max(0, from - 1)));
  const { version } = document;
  const parts: string[] = [];
  for (let at = base; at < Math.min(to, end) && document.version === version; at += PART) {
    const upTo = document.positionAt(Math.min(at + PART, to));
    parts.push(document.getText(new vscode.Range(document.positionAt(at), upTo)));
    if (slices.over) await slices.rest();
  }
  return { text: parts.join(''), base, last: to >= end };
}
