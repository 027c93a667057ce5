import * as vscode from 'vscode';
import { TimeSlicer } from '../../base/scheduling.ts';
import { shorten } from '../../base/text.ts';
import { readPair, type WrittenPair } from '../../pair/data/pair-format.ts';
import type { DataFile, FoundPairs } from './data-file.ts';
import { type Keys, keysOf, openOther } from './file-pairs.ts';
import type { OtherFile } from './sibling-files.ts';

/** Lenses that stand above one line: a file in one line has no room for more. */
const A_LINE = 3;
/** Characters of a text by which a pair is known again when its lens is clicked. */
const BEGINNING = 40;

/** A lens above each pair that was found. @returns undefined when it was cancelled, or the document changed meanwhile */
export async function lensesOf(
  file: DataFile,
  { places, part, format }: FoundPairs,
  token: vscode.CancellationToken,
): Promise<vscode.CodeLens[] | undefined> {
  const { document, other } = file;
  const { version } = document;
  const keys = other?.kind === 'localisation' ? await keysIn(other) : undefined;
  const slices = new TimeSlicer();
  const lenses: vscode.CodeLens[] = [];
  const onLine = new Map<number, number>();
  for (const place of places) {
    if (slices.over) await slices.rest();
    if (token.isCancellationRequested || document.version !== version) return undefined;
    if (keys && !keys.has(place.key ?? '')) continue;
    const start = place.start + part.base;
    const { line } = document.positionAt(start);
    const count = onLine.get(line) ?? 0;
    const pair = count < A_LINE ? readPair(part.text, place, format) : undefined;
    if (!pair) continue;
    onLine.set(line, count + 1);
    lenses.push(new vscode.CodeLens(new vscode.Range(line, 0, line, 0), lensCommand(file, start, pair, count > 0)));
  }
  return lenses;
}

/** A file that can't be opened has no texts. */
async function keysIn(other: OtherFile): Promise<Keys['keys']> {
  const document = await openOther(other);
  return document ? (await keysOf(document)).keys : new Map();
}

function lensCommand(file: DataFile, start: number, { source, target }: WrittenPair, named: boolean): vscode.Command {
  const { document, other } = file;
  const beginning = source.text.slice(0, BEGINNING);
  const title = other
    ? vscode.l10n.t(
        'Explore attention: {0} → {1}',
        other.sourceHere ? other.here : other.there,
        other.sourceHere ? other.there : other.here,
      )
    : named
      ? vscode.l10n.t('Explore attention: {0}', shorten(source.text, 24))
      : vscode.l10n.t('Explore attention');
  return {
    title: `$(telescope)\u00a0${title}`,
    tooltip: target ? `${shorten(source.text, 80)} → ${shorten(target.text, 80)}` : shorten(source.text, 80),
    command: 'attentionExplorer.exploreDataPair',
    arguments: [document.uri, start, beginning],
  };
}
