import * as vscode from 'vscode';
import type { AnchoredPair, PlacedText } from './pairs/anchored-pair.ts';
import { AnchoredText } from './pairs/anchored-text.ts';

/** The pair where its texts stand in their documents now; a text that is nowhere in its document is marked as changed. */
export async function findAgain(pair: AnchoredPair): Promise<AnchoredPair> {
  return { source: await findText(pair.source), target: pair.target && (await findText(pair.target)) };
}

async function findText(placed: PlacedText): Promise<PlacedText> {
  if (placed.media) return placed;
  const { uri, anchor } = placed;
  const document = await documentOf(uri);
  if (!document) return { uri, anchor };
  const text = document.getText();
  const { start, written } = anchor;
  const at = text.startsWith(written, start) ? start : text.indexOf(written);
  const found = new AnchoredText(anchor.text, at < 0 ? start : at, anchor.writing);
  if (at < 0) found.follow([], text);
  return { uri, anchor: found };
}

async function documentOf(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  // Nothing is opened for an untitled text that is gone: that would make a new one.
  if (open || uri.scheme === 'untitled' || uri.scheme === 'attention-explorer') return open;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}
