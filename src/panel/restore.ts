import * as vscode from 'vscode';
import type { AnchoredPair, PlacedText } from '../editor/anchored-pair.ts';
import { AnchoredText } from '../editor/anchored-text.ts';
import type { ExplorationController } from '../editor/exploration-controller.ts';
import type { ExplorationPanel } from './exploration-panel.ts';
import type { Memory } from './memory.ts';

/** Brings a panel back after the window was reloaded: the same pair, run again, in the same state. */
export async function restore(
  restored: vscode.WebviewPanel,
  panel: ExplorationPanel,
  controller: ExplorationController,
  memory: Memory,
): Promise<void> {
  panel.adopt(restored);
  const last = memory.recall();
  if (!last) return;
  const { source, target } = last.pair;
  const pair: AnchoredPair = { source: await findAgain(source), target: target && (await findAgain(target)) };
  await controller.explore(pair, { direction: last.direction, state: last.state });
}

/** The text where it stands in its document now; one that is nowhere in it is marked as changed. */
async function findAgain({ uri, anchor }: PlacedText): Promise<PlacedText> {
  const document = await documentOf(uri);
  if (!document) return { uri, anchor };
  const text = document.getText();
  const { start } = anchor;
  const at = text.startsWith(anchor.text, start) ? start : text.indexOf(anchor.text);
  const found = new AnchoredText(anchor.text, at < 0 ? start : at);
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
