import * as vscode from 'vscode';
import { readPair, type WrittenPair } from '../../pair/data/read-pair.ts';
import { shorten } from '../shorten.ts';
import { flag } from '../valid-setting.ts';
import type { DataFile, FoundPairs } from './data-file.ts';
import type { DataFiles } from './data-files.ts';
import { formLens } from './form-lens.ts';
import { type Keys, keysOf } from './keys-of.ts';
import type { OtherFile } from './other-files.ts';
import { openOther } from './pair-of-place.ts';
import { Slices } from './slices.ts';
import { VisibleLines } from './visible-lines.ts';

/** Lenses that stand above one line: a file in one line has no room for more. */
const A_LINE = 3;
/** Characters of a text by which a pair is known again when its lens is clicked. */
export const BEGINNING = 40;

/**
 * *Explore attention* above each pair of a data file, as far as it can be seen: VS Code asks for a whole document, and asks
 * again when other lines have come into view.
 */
export class PairLenses implements vscode.CodeLensProvider {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly lines = new VisibleLines(() => this.changed.fire());
  private readonly subscriptions: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly files: DataFiles,
    onDidChoose: vscode.Event<unknown>,
  ) {
    this.subscriptions = vscode.Disposable.from(
      vscode.languages.registerCodeLensProvider({ scheme: '*' }, this),
      onDidChoose(() => this.changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('attentionExplorer.codeLens')) this.changed.fire();
      }),
    );
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[] | undefined> {
    // It may be set for a language, too.
    if (!flag(vscode.workspace.getConfiguration('attentionExplorer', document).get('codeLens'))) return [];
    const file = await this.files.of(document);
    if (!file || token.isCancellationRequested) return [];
    const lenses = formLens(file);
    if (!file.form.format) return lenses;
    for (const { from, to } of this.lines.asked(document)) {
      const found = await file.pairsIn(from, to, token);
      const above = found && (await lensesOf(file, found, token));
      if (!above) return undefined;
      lenses.push(...above);
    }
    return lenses;
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.lines.dispose();
    this.changed.dispose();
  }
}

async function lensesOf(
  file: DataFile,
  { places, part, format }: FoundPairs,
  token: vscode.CancellationToken,
): Promise<vscode.CodeLens[] | undefined> {
  const { document, other } = file;
  const { version } = document;
  const keys = other?.kind === 'localisation' ? await keysIn(other) : undefined;
  const slices = new Slices();
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
