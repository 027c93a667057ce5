import * as vscode from 'vscode';
import { localisationFormat } from '../../pair/data/json-format.ts';
import { type PairPosition, readPair } from '../../pair/data/pair-format.ts';
import { readWriting, type WrittenText } from '../../pair/data/written-text.ts';
import type { AnchoredPair, PlacedText } from '../pairs/anchored-pair.ts';
import { AnchoredText } from '../pairs/anchored-text.ts';
import { DataFile, type FoundPairs } from './data-file.ts';
import type { OtherFile } from './sibling-files.ts';

/** The pair of a place, decoded, with the other text from the other file where it stands there. */
async function pairOfPlace(
  { document, other }: DataFile,
  { format, part }: FoundPairs,
  place: PairPosition,
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

/** The texts of a localisation file, by their keys. */
export interface Keys {
  readonly keys: ReadonlyMap<string, PairPosition>;
  readonly found: FoundPairs | undefined;
}

/** Texts of localisation files are not looked for in files of more characters. */
const LARGEST = 20_000_000;

const read = new WeakMap<vscode.TextDocument, { readonly version: number; readonly keys: Promise<Keys> }>();

/** Where in a localisation file the text of each key stands; kept for the document as it is now. */
export function keysOf(document: vscode.TextDocument): Promise<Keys> {
  const known = read.get(document);
  if (known?.version === document.version) return known.keys;
  const keys = readKeys(document);
  read.set(document, { version: document.version, keys });
  return keys;
}

async function readKeys(document: vscode.TextDocument): Promise<Keys> {
  const length = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
  const file = new DataFile(document, { kind: 'localisation', format: localisationFormat, others: [] });
  const found = length > LARGEST ? undefined : await file.pairsIn(0, length);
  return { keys: new Map(found?.places.map((place) => [place.key ?? '', place])), found };
}

/** Characters of a record that are read on to find its end. */
const LONGEST = 400_000;
/** Characters around a place in which a pair that has moved since is looked for. */
const NEAR = 40_000;

/** The pair whose record holds a document offset, the innermost; else one that begins on the same line. */
export async function pairAt(file: DataFile, offset: number): Promise<AnchoredPair | undefined> {
  const { document } = file;
  const line = document.lineAt(document.positionAt(offset)).range;
  const [start, end] = [document.offsetAt(line.start), document.offsetAt(line.end)];
  // A record is known once its end was read, which may be far below.
  for (const to of [end, end + LONGEST]) {
    const found = await file.pairsIn(start, to);
    if (!found) return undefined;
    const { base } = found.part;
    const begun = found.places.filter((place) => place.start + base <= end);
    const holding = begun.findLast((place) => place.start + base <= offset && offset <= place.end + base);
    const place = holding ?? begun.find((one) => one.start + base >= start);
    if (place) return pairOfPlace(file, found, place);
  }
  return undefined;
}

/**
 * The pair that stood at an offset and whose text in this document began so; found a little further up or down too, where the
 * document was edited since.
 */
export async function pairNear(file: DataFile, offset: number, beginning: string): Promise<AnchoredPair | undefined> {
  const found = await file.pairsIn(Math.max(0, offset - NEAR), offset + NEAR);
  if (!found) return undefined;
  const { places, part, format } = found;
  const distance = (start: number) => Math.abs(start + part.base - offset);
  const same = places
    .toSorted((a, b) => distance(a.start) - distance(b.start))
    .find((place) => readPair(part.text, place, format)?.source.text.startsWith(beginning));
  return same && pairOfPlace(file, found, same);
}
