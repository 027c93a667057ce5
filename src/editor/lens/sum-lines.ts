import * as vscode from 'vscode';
import type { Slices } from '../../base/scheduling.ts';
import { isLarge } from '../host/document-text.ts';

/** Lines whose lengths are summed between two looks at the clock. */
const LINES = 20_000;

const summed = new WeakSet<vscode.TextDocument>();

/**
 * VS Code sums up the lengths of a document's lines when an offset is first asked for, up to that line, and keeps the sums: of a
 * large one that is done here in slices, before anyone asks for an offset far down or for the place of one.
 */
export async function sumLines(document: vscode.TextDocument, slices: Slices): Promise<void> {
  if (!isLarge(document) || summed.has(document)) return;
  summed.add(document);
  for (let line = 0; line < document.lineCount && !document.isClosed; line += LINES) {
    // The first makes the list of lengths, which is most of it.
    document.offsetAt(new vscode.Position(line, 0));
    if (line === 0 || slices.over) await slices.rest();
  }
}
