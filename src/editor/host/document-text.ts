import * as vscode from 'vscode';
import type { TimeSlicer } from '../../base/scheduling.ts';

/** A stretch of a document, and the document offset at which it begins. */
export interface TextRange {
  readonly text: string;
  readonly base: number;
}

/** Lines that are put together between two looks at the clock. */
const LINES = 500;

/** Up to here a document is put together at once. */
const SMALL = 4000;

const known = new WeakMap<vscode.TextDocument, { readonly version: number; readonly text: string }>();

/** Whether a document is too large to be put together at once. */
export function isLarge({ lineCount }: vscode.TextDocument): boolean {
  return lineCount > SMALL;
}

/**
 * The whole text of a document. `getText` puts all lines together at once, which for hundreds of thousands takes longer than
 * one may hold up the extension host: large documents are read in slices, and kept as they are now.
 * @returns undefined when it was cancelled, or the document changed meanwhile
 */
export async function wholeText(
  document: vscode.TextDocument,
  slices: TimeSlicer,
  token?: vscode.CancellationToken,
): Promise<TextRange | undefined> {
  const { version, lineCount } = document;
  if (!isLarge(document)) return { text: document.getText(), base: 0 };
  const earlier = known.get(document);
  if (earlier?.version === version) return { text: earlier.text, base: 0 };
  const parts: string[] = [];
  for (let line = 0; line < lineCount; line += LINES) {
    parts.push(document.getText(new vscode.Range(line, 0, line + LINES, 0)));
    if (slices.over) await slices.rest();
    if (token?.isCancellationRequested || document.isClosed || document.version !== version) return undefined;
  }
  const text = parts.join('');
  known.set(document, { version, text });
  return { text, base: 0 };
}

/** Lines whose lengths are summed between two looks at the clock. */
const LINES_AT_ONCE = 20_000;

const summed = new WeakSet<vscode.TextDocument>();

/**
 * VS Code sums up the lengths of a document's lines when an offset is first asked for, up to that line, and keeps the sums: of a
 * large one that is done here in slices, before anyone asks for an offset far down or for the place of one.
 */
export async function sumLines(document: vscode.TextDocument, slices: TimeSlicer): Promise<void> {
  if (!isLarge(document) || summed.has(document)) return;
  summed.add(document);
  for (let line = 0; line < document.lineCount && !document.isClosed; line += LINES_AT_ONCE) {
    // The first makes the list of lengths, which is most of it.
    document.offsetAt(new vscode.Position(line, 0));
    if (line === 0 || slices.over) await slices.rest();
  }
}
