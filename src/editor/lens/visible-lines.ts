import * as vscode from 'vscode';

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
export class VisibleLines {
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
