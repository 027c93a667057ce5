import * as vscode from 'vscode';
import { localisationFormat } from '../../pair/data/localisation-format.ts';
import type { PairPlace } from '../../pair/data/pair-format.ts';
import { readPair } from '../../pair/data/read-pair.ts';
import { readWriting, type WrittenText } from '../../pair/data/writing.ts';
import type { AnchoredPair, PlacedText } from '../anchored-pair.ts';
import { AnchoredText } from '../anchored-text.ts';
import type { DataFile } from './data-file.ts';
import { documentText } from './document-text.ts';
import { keysOf } from './keys-of.ts';
import type { OtherFile } from './other-files.ts';
import { Slices } from './slices.ts';

/** The pair of a place, decoded, with the other text from the other file where it stands there. */
export async function pairOfPlace(file: DataFile, place: PairPlace): Promise<AnchoredPair | undefined> {
  const { document, form, other } = file;
  const text = await documentText(document, new Slices());
  const here = text !== undefined && form.format && readPair(text, place, form.format);
  if (!here) return undefined;
  const source = placed(document.uri, here.source);
  if (!other) return { source, target: here.target && placed(document.uri, here.target) };
  const line = document.positionAt(place.start).line;
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
  const read = other.kind === 'aligned' ? textOnLine(document, line) : await textOfKey(document, key ?? '');
  return read?.text ? placed(document.uri, read) : undefined;
}

/** The other file, which may be gone or too large for VS Code. */
export async function openOther({ uri }: OtherFile): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function textOnLine(document: vscode.TextDocument, line: number): WrittenText | undefined {
  if (line >= document.lineCount) return undefined;
  const { range, text } = document.lineAt(line);
  const read = readWriting('plain', text, 0, text.length);
  return read && { ...read, start: read.start + document.offsetAt(range.start) };
}

async function textOfKey(document: vscode.TextDocument, key: string): Promise<WrittenText | undefined> {
  const place = (await keysOf(document)).get(key);
  const text = await documentText(document, new Slices());
  return place && text !== undefined ? readPair(text, place, localisationFormat)?.source : undefined;
}

function placed(uri: vscode.Uri, { text, start, writing }: WrittenText): PlacedText {
  // What is written as it is needs no map.
  return { uri, anchor: new AnchoredText(text, start, writing.syntax === 'plain' ? undefined : writing) };
}
