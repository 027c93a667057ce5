import * as vscode from 'vscode';
import { type PairPlace, readPair } from '../../pair/data/pair-format.ts';
import { readWriting, type WrittenText } from '../../pair/data/written-text.ts';
import { keysOf } from '../lens/keys-of.ts';
import type { AnchoredPair, PlacedText } from '../pairs/anchored-pair.ts';
import { AnchoredText } from '../pairs/anchored-text.ts';
import type { DataFile, FoundPairs } from './data-file.ts';
import type { OtherFile } from './sibling-files.ts';

/** The pair of a place, decoded, with the other text from the other file where it stands there. */
export async function pairOfPlace(
  { document, other }: DataFile,
  { format, part }: FoundPairs,
  place: PairPlace,
): Promise<AnchoredPair | undefined> {
  const here = readPair(part.text, place, format);
  if (!here) return undefined;
  const source = placed(document.uri, here.source, part.base);
  if (!other) return { source, target: here.target && placed(document.uri, here.target, part.base) };
  const { line } = document.positionAt(place.start + part.base);
  const there = await textIn(other, line, place.key);
  if (there?.anchor.text === source.anchor.text) return undefined;
  if (other.sourceHere) return { source, target: there };
  // A target without its source is a text of its own.
  return there ? { source: there, target: source } : { source, target: undefined };
}

/** The text on the same line, or under the same key, of another file. */
async function textIn(other: OtherFile, line: number, key: string | undefined): Promise<PlacedText | undefined> {
  const document = await openOther(other);
  if (!document) return undefined;
  return other.kind === 'aligned' ? textOnLine(document, line) : textOfKey(document, key ?? '');
}

/** The other file, which may be gone or too large for VS Code. */
export async function openOther({ uri }: OtherFile): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function textOnLine(document: vscode.TextDocument, line: number): PlacedText | undefined {
  if (line >= document.lineCount) return undefined;
  const { range, text } = document.lineAt(line);
  const read = readWriting('plain', text, 0, text.length);
  return read?.text ? placed(document.uri, read, document.offsetAt(range.start)) : undefined;
}

async function textOfKey(document: vscode.TextDocument, key: string): Promise<PlacedText | undefined> {
  const { found, keys } = await keysOf(document);
  const place = keys.get(key);
  const read = place && found && readPair(found.part.text, place, found.format);
  return read && placed(document.uri, read.source, found?.part.base ?? 0);
}

/** @param base document offset that the text's own offsets count from */
function placed(uri: vscode.Uri, { text, start, writing }: WrittenText, base: number): PlacedText {
  // What is written as it is needs no map.
  return { uri, anchor: new AnchoredText(text, base + start, writing.syntax === 'plain' ? undefined : writing) };
}
