import * as vscode from 'vscode';
import type { Slices } from '../../base/scheduling.ts';
import type { PairIndex, ReadWindow } from '../../pair/data/pair-index.ts';

/** Characters of a document that are put together at a time: `getText` of a large one takes longer than one may hold up the host. */
const WINDOW = 786_432;

/** Characters of it that are put together between two looks at the clock. */
const PART = 32_768;

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
  slices: Slices,
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
