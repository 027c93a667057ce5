import type * as vscode from 'vscode';
import type { AnchoredPair, PlacedText } from './anchored-pair.ts';

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
  const current = event.document.getText();
  for (const text of placed) text?.anchor.follow(changes, current);
  return true;
}
