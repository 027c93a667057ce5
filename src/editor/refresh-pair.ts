import * as vscode from 'vscode';
import { readWriting } from '../pair/data/written-text.ts';
import type { AnchoredPair, PlacedText } from './pairs/anchored-pair.ts';
import { AnchoredText } from './pairs/anchored-text.ts';

/** The pair with its texts as they stand in the documents now; a text whose document is gone stays as it was. */
export async function refreshPair(pair: AnchoredPair): Promise<AnchoredPair> {
  return { source: await refreshText(pair.source), target: pair.target && (await refreshText(pair.target)) };
}

async function refreshText(placed: PlacedText): Promise<PlacedText> {
  if (!placed.anchor.stale) return placed;
  try {
    const document = await vscode.workspace.openTextDocument(placed.uri);
    const { start, end, writing } = placed.anchor;
    if (writing) {
      const read = readWriting(writing.syntax, document.getText(), start, end);
      return read?.text ? { uri: placed.uri, anchor: new AnchoredText(read.text, read.start, read.writing) } : placed;
    }
    const text = document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
    return text === '' ? placed : { uri: placed.uri, anchor: new AnchoredText(text, start) };
  } catch {
    return placed;
  }
}
