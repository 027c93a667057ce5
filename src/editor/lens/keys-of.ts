import type * as vscode from 'vscode';
import { localisationFormat } from '../../pair/data/json-format.ts';
import type { PairPlace } from '../../pair/data/pair-format.ts';
import { DataFile, type FoundPairs } from '../data-files/data-file.ts';

/** The texts of a localisation file, by their keys. */
export interface Keys {
  readonly keys: ReadonlyMap<string, PairPlace>;
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
