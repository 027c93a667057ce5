import type * as vscode from 'vscode';
import type { Side } from '../insight/attended-words.ts';
import type { AnchoredPair } from './pairs/anchored-pair.ts';

/** The place of a document position in the pair: which text, and the offset in it as it was when it was run. */
export function placeInPair(
  pair: AnchoredPair,
  document: vscode.TextDocument,
  position: vscode.Position,
): { readonly side: Side; readonly offset: number } | undefined {
  const uri = document.uri.toString();
  const at = document.offsetAt(position);
  for (const side of ['source', 'target'] as const) {
    const text = pair[side];
    if (text?.uri.toString() !== uri) continue;
    const offset = text.anchor.offsetOf(at);
    if (offset !== undefined) return { side, offset };
  }
  return undefined;
}
