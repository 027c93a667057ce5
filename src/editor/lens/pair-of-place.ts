import * as vscode from 'vscode';
import { localisationFormat } from '../../pair/data/localisation-format.ts';
import type { PairPlace } from '../../pair/data/pair-format.ts';
import { readPair } from '../../pair/data/read-pair.ts';
import { readWriting, type WrittenText } from '../../pair/data/writing.ts';
import type { AnchoredPair, PlacedText } from '../anchored-pair.ts';
import { AnchoredText } from '../anchored-text.ts';
import type { DataFile } from './data-file.ts';
import { keysOf } from './keys-of.ts';
import type { OtherFile } from './other-files.ts';

/** The pair of a place, decoded, with the other text from the other file where it stands there. */
export async function pairOfPlace(file: DataFile, place: PairPlace): Promise<AnchoredPair | undefined> {
  const { document, form, other } = file;
  const here = form.format && readPair(document.getText(), place, form.format);
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
  const document = await vscode.workspace.openTextDocument(other.uri);
  const read = other.kind === 'aligned' ? textOnLine(document, line) : await textOfKey(document, key ?? '');
  return read?.text ? placed(document.uri, read) : undefined;
}

function textOnLine(document: vscode.TextDocument, line: number): WrittenText | undefined {
  if (line >= document.lineCount) return undefined;
  const { range } = document.lineAt(line);
  return readWriting('plain', document.getText(), document.offsetAt(range.start), document.offsetAt(range.end));
}

async function textOfKey(document: vscode.TextDocument, key: string): Promise<WrittenText | undefined> {
  const place = (await keysOf(document)).get(key);
  return place && readPair(document.getText(), place, localisationFormat)?.source;
}

function placed(uri: vscode.Uri, { text, start, writing }: WrittenText): PlacedText {
  // What is written as it is needs no map.
  return { uri, anchor: new AnchoredText(text, start, writing.syntax === 'plain' ? undefined : writing) };
}
