import type * as vscode from 'vscode';
import { localisationFormat } from '../../pair/data/localisation-format.ts';
import type { PairPlace } from '../../pair/data/pair-format.ts';
import { DataFile } from './data-file.ts';

type Keys = ReadonlyMap<string, PairPlace>;

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
  if (length > LARGEST) return new Map();
  const file = new DataFile(document, { kind: 'localisation', format: localisationFormat, others: [] });
  const places = await file.placesIn(0, length, undefined);
  return new Map(places?.map((place) => [place.key ?? '', place]));
}
