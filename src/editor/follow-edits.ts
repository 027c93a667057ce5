import * as vscode from 'vscode';
import type { AnchoredPair, PlacedText } from './pairs/anchored-pair.ts';

/** Moves the anchors of a pair with an edit. @returns true when one of its texts stands in the edited document */
export function followEdits(
  event: vscode.TextDocumentChangeEvent,
  pair: { readonly source?: PlacedText; readonly target?: PlacedText } | AnchoredPair,
): boolean {
  if (event.contentChanges.length === 0) return false;
  const uri = event.document.uri.toString();
  const placed = [pair.source, pair.target].filter((text) => text?.uri.toString() === uri);
  if (placed.length === 0) return false;
  const changes = event.contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    offset: rangeOffset,
    length: rangeLength,
    text,
  }));
  const current = contentOf(event.document);
  for (const text of placed) text?.anchor.follow(changes, current);
  return true;
}

/** What a document holds, asked where it is needed: a large one is not put together at each key. */
function contentOf(document: vscode.TextDocument): Pick<string, 'startsWith'> {
  return {
    startsWith(text, at = 0) {
      const [start, end] = [document.positionAt(at), document.positionAt(at + text.length)];
      return document.getText(new vscode.Range(start, end)) === text;
    },
  };
}
