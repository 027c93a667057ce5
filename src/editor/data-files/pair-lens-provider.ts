import * as vscode from 'vscode';
import { yieldToEventLoop } from '../../base/scheduling.ts';
import { shorten } from '../../base/text.ts';
import { DATA_DOCUMENTS } from '../host/document-selectors.ts';
import { DocumentsProvider } from '../host/documents-provider.ts';
import { isOnFor } from '../host/settings.ts';
import type { ChosenForms } from './chosen-columns.ts';
import type { DataFile } from './data-file.ts';
import type { DataFiles } from './data-files.ts';

/**
 * *Explore attention* above each pair of a data file, as far as it can be seen: VS Code asks for a whole document, and asks
 * again when other lines have come into view.
 */
export class PairLenses implements vscode.CodeLensProvider {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly lines = new VisibleLines(() => this.changed.fire());
  private readonly provider: DocumentsProvider;
  private readonly subscriptions: vscode.Disposable;
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly files: DataFiles,
    chosen: ChosenForms,
  ) {
    this.provider = new DocumentsProvider(
      (selector) => vscode.languages.registerCodeLensProvider(selector, this),
      DATA_DOCUMENTS,
    );
    this.provider.add(chosen.uris);
    this.subscriptions = vscode.Disposable.from(
      this.provider,
      chosen.onDidChange((uri) => {
        this.provider.add([uri]);
        this.changed.fire();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('attentionExplorer.codeLens')) this.changed.fire();
      }),
    );
  }

  async provideCodeLenses(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeLens[] | undefined> {
    if (!isOnFor(document, 'codeLens')) return [];
    const file = await this.files.of(document);
    if (!file || token.isCancellationRequested) return [];
    // The other file of a pair may look like code: `train.cs` beside `train.en` is Czech.
    if ('others' in file.form) this.provider.add(file.form.others.map(({ uri }) => uri));
    // What is loaded and what is read have a turn of the thread each.
    const { lensesOf } = await import('./pair-lenses.ts');
    await yieldToEventLoop();
    if (token.isCancellationRequested) return [];
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

/** The lens above the first line, where there is something to choose: columns, paths, or one of several other files. */
function formLens({ document, form }: DataFile): vscode.CodeLens[] {
  const title = titleOf(form);
  if (!title) return [];
  const command = { title, command: 'attentionExplorer.chooseColumns', arguments: [document.uri] };
  return [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command)];
}

function titleOf(form: DataFile['form']): string | undefined {
  if ('others' in form) {
    return form.others.length > 1 ? vscode.l10n.t('With {0}…', form.others[0].there) : undefined;
  }
  const { fields, columns, paths } = form;
  if (!form.format)
    return fields.length > 1 ? `$(split-horizontal)\u00a0${vscode.l10n.t('Choose columns…')}` : undefined;
  const none = vscode.l10n.t('no target');
  if (paths) return vscode.l10n.t('Columns: {0} → {1}', shorten(paths.source, 30), shorten(paths.target ?? none, 30));
  if (!columns || fields.length < 3) return undefined;
  const name = (column: number) => shorten(fields[column]?.name || String(column + 1), 30);
  const target = columns.target === undefined ? none : name(columns.target);
  return vscode.l10n.t('Columns: {0} → {1}', name(columns.source), target);
}

/** Lines above and below the visible ones that get lenses, so that scrolling a little needs nothing new. */
const MARGIN = 50;
/** When fewer lines than this are left, it is time for new ones. */
const REFILL = 20;
/** Milliseconds that scrolling has to rest. */
const REST = 120;
/** Characters at most: lines may be long. */
const LONGEST = 500_000;
/** Lines of a document that no editor shows. */
const UNSEEN: Lines = { first: 0, last: 100 };

interface Lines {
  readonly first: number;
  readonly last: number;
}

/** Which lines of a document are to be read, as its editors show them; says when others have come into view. */
class VisibleLines {
  private readonly covered = new Map<string, readonly Lines[]>();
  private readonly subscriptions: vscode.Disposable;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(changed: () => void) {
    const check = (document: vscode.TextDocument) => {
      const covered = this.covered.get(document.uri.toString());
      if (!covered || visible(document).every((lines) => isInside(lines, covered, document.lineCount))) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(changed, REST);
    };
    this.subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => check(textEditor.document)),
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const { document } of editors) check(document);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.covered.delete(uri.toString())),
    );
  }

  /** Document offsets to read for the lines that are seen now; they count as covered from here on. */
  asked(document: vscode.TextDocument): { readonly from: number; readonly to: number }[] {
    const seen = visible(document);
    const wide = merge(seen.map(({ first, last }) => ({ first: first - MARGIN, last: last + MARGIN })));
    this.covered.set(document.uri.toString(), wide);
    return wide.map(({ first, last }) => {
      const inside = seen.find((lines) => lines.last >= first && lines.first <= last) ?? seen[0];
      const start = document.offsetAt(new vscode.Position(Math.max(0, inside.first), 0));
      const from = document.offsetAt(new vscode.Position(Math.max(0, first), 0));
      const to = document.offsetAt(new vscode.Position(last + 1, 0));
      return { from: Math.max(from, start - LONGEST), to: Math.min(to, start + LONGEST) };
    });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }
}

function visible(document: vscode.TextDocument): readonly Lines[] {
  const lines = vscode.window.visibleTextEditors
    .filter((editor) => editor.document === document)
    .flatMap(({ visibleRanges }) => visibleRanges)
    .map(({ start, end }) => ({ first: start.line, last: end.line }));
  return lines.length > 0 ? lines : [UNSEEN];
}

/** Whether lines are covered with some to spare, where the document has more. */
function isInside({ first, last }: Lines, covered: readonly Lines[], count: number): boolean {
  return covered.some(
    (one) => one.first <= Math.max(0, first - REFILL) && one.last >= Math.min(count - 1, last + REFILL),
  );
}

function merge(all: readonly Lines[]): Lines[] {
  const merged: Lines[] = [];
  for (const { first, last } of all.toSorted((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before && first <= before.last + 1)
      merged[merged.length - 1] = { first: before.first, last: Math.max(last, before.last) };
    else merged.push({ first, last });
  }
  return merged;
}
