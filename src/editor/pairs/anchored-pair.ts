import type { Uri } from 'vscode';
import * as vscode from 'vscode';
import type { RunSummary } from '../../contract/run.ts';
import type { Side } from '../../insight/attended-words.ts';
import { readWriting } from '../../pair/data/written-text.ts';
import type { ExploreOptions } from '../../session/session.ts';
import { AnchoredText } from './anchored-text.ts';

/** A text and the document it was taken from. */
export interface PlacedText {
  readonly uri: Uri;
  readonly anchor: AnchoredText;
  /** The document is a sound or a picture; the anchor holds its name. */
  readonly media?: true;
}

/** What is explored: source, target, and where each stands. `target` is undefined where the model writes it. */
export interface AnchoredPair {
  readonly source: PlacedText;
  readonly target: PlacedText | undefined;
}

/**
 * Explores a pair in a panel of its own, or in the one that has this pair already.
 * @returns id of the run, undefined when it failed or was cancelled; that has been shown
 */
export type OpenExploration = (pair: AnchoredPair, options?: ExploreOptions) => Promise<string | undefined>;

/** True when two pairs are of the same texts in the same documents, wherever in them. */
export function samePair(one: AnchoredPair, other: AnchoredPair): boolean {
  return sameText(one.source, other.source) && sameText(one.target, other.target);
}

function sameText(one: PlacedText | undefined, other: PlacedText | undefined): boolean {
  return one?.uri.toString() === other?.uri.toString() && one?.anchor.text === other?.anchor.text;
}

/** Target as source and source as target; a target that the model wrote stands in no document. */
export function swapPair(pair: AnchoredPair, run: RunSummary): AnchoredPair {
  const written: PlacedText = {
    uri: vscode.Uri.parse('attention-explorer:written'),
    anchor: new AnchoredText(run.target, 0),
  };
  return { source: pair.target ?? written, target: pair.source };
}

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

/** The place of a document position in the pair: which text, and the offset in it as it was when it was run. */
export function positionInPair(
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
