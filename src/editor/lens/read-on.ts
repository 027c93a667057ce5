import * as vscode from 'vscode';
import type { PairIndex, ReadWindow } from '../../pair/data/pair-index.ts';
import type { Slices } from './slices.ts';

/** Characters of a document that are put together at a time: `getText` of a large one takes longer than one may hold up the host. */
const WINDOW = 786_432;

/**
 * Reads an index of a large document on until the pairs that begin up to `to` are known, a window after the other, in slices.
 * @param stop says that it is no longer wanted, or the document no longer what it was
 * @returns false when it was stopped
 */
export async function readOn(
  index: PairIndex,
  document: vscode.TextDocument,
  to: number,
  slices: Slices,
  stop: () => boolean,
): Promise<boolean> {
  const end = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
  let size = WINDOW;
  while (index.offset <= to && index.offset < end) {
    const from = index.offset;
    const window = windowOf(document, index.needs, from + size, end);
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

/** With the character before it, by which a reader sees that it is not the document's first. */
function windowOf(document: vscode.TextDocument, from: number, to: number, end: number): ReadWindow {
  const [start, stop] = [document.positionAt(Math.max(0, from - 1)), document.positionAt(to)];
  return { text: document.getText(new vscode.Range(start, stop)), base: document.offsetAt(start), last: to >= end };
}
