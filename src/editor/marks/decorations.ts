import * as vscode from 'vscode';
import type { TiledView } from '../../contract/view.ts';
import { type Counterpart, counterparts, type Line, type Side, tokenAt } from '../../insight/attended-words.ts';
import { isTiled } from '../../insight/axes.ts';
import type { ExplorationController } from '../explorations/exploration.ts';
import type { Explorations } from '../explorations/explorations.ts';
import type { PlacedText } from '../pairs/anchored-pair.ts';

/** Steps of strength; the colours attentionExplorer.weight1 … 5 of package.json. */
const GRADES = 5;
/** Weaker than this is left unlit: a hundred specks say nothing. */
const FAINTEST = 0.04;

/** Milliseconds without an edit after which marks are set anew; until then VS Code moves them with the text by itself. */
const REST = 150;

interface Word {
  readonly side: Side;
  /** UTF-16 offsets in the text of that side. */
  readonly start: number;
  readonly end: number;
}

/** Where a word was lit, for the panel to light it too. */
export interface Highlighted {
  /** The exploration whose word it is. */
  readonly of: ExplorationController;
  readonly side: Side;
  readonly pieces: readonly number[];
}

/**
 * Marks the explored pairs in every editor that shows them, and lights up what the word under the cursor is bound to, as
 * strong as its weight, in the layer, head and kind that the panel shows.
 */
export class Decorations {
  private readonly source = markType('source', 'solid');
  private readonly target = markType('target', 'dashed');
  private readonly self = vscode.window.createTextEditorDecorationType({
    border: '1px solid',
    borderColor: new vscode.ThemeColor('attentionExplorer.focus'),
    borderRadius: '2px',
  });
  private readonly grades = Array.from({ length: GRADES }, (_, i) => gradeType(i + 1));
  private readonly subscriptions: vscode.Disposable[];
  private readonly lit = new vscode.EventEmitter<Highlighted>();
  /** Pieces that the pointer in the panel rests on. */
  private pointed: { readonly of: ExplorationController; readonly words: readonly Word[] } | undefined;
  private lighting: ExplorationController | undefined;
  /** The word of a long run under the cursor, and its weights once they have come. */
  private long: { readonly key: string; readonly abort: AbortController; readonly line: Line | undefined } | undefined;
  /** Runs since an edit of an explored text. */
  private resting: ReturnType<typeof setTimeout> | undefined;
  /** What was lit last, and where each editor was marked: what is the same is not told to the window again. */
  private toldLit = '';
  private readonly marked = new WeakMap<vscode.TextEditor, Map<vscode.TextEditorDecorationType, string>>();

  /** The cursor went onto a word of the pair, or off. */
  readonly onDidLight = this.lit.event;

  constructor(
    private readonly explorations: Explorations,
    private readonly enabled: () => boolean,
  ) {
    const paint = () => this.paint();
    this.subscriptions = [
      explorations.onDidChange(paint),
      explorations.onDidChangeView(paint),
      vscode.window.onDidChangeVisibleTextEditors(paint),
      vscode.window.onDidChangeActiveTextEditor(paint),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
        // A key moves the cursor, too: what it changed is marked when typing rests.
        if (textEditor === vscode.window.activeTextEditor && !this.resting) this.paint();
      }),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.holds(document)) this.paintLater();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('attentionExplorer.decorations')) this.paint();
      }),
    ];
  }

  /** Lights the words that the pointer in a panel rests on; none clears it. */
  point(of: ExplorationController, words: readonly Word[]): void {
    this.pointed = { of, words };
    this.paint();
  }

  dispose(): void {
    clearTimeout(this.resting);
    this.long?.abort.abort();
    for (const type of [this.source, this.target, this.self, ...this.grades]) type.dispose();
    vscode.Disposable.from(...this.subscriptions, this.lit).dispose();
  }

  /** A text of an exploration stands in the document. */
  private holds(document: vscode.TextDocument): boolean {
    const uri = document.uri.toString();
    return this.explorations.all.some(({ controller: { pair } }) =>
      [pair?.source, pair?.target].some((text) => text?.uri.toString() === uri),
    );
  }

  private paintLater(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.paint(), REST);
  }

  private paint(): void {
    clearTimeout(this.resting);
    this.resting = undefined;
    const on = this.enabled();
    const under = on ? this.underCursor() : undefined;
    const controllers = on ? this.explorations.all.map(({ controller }) => controller) : [];
    for (const editor of vscode.window.visibleTextEditors) {
      const ranges = (words: readonly Word[], of: ExplorationController | undefined) =>
        words.flatMap(({ side, start, end }) => {
          const text = of?.pair?.[side];
          const here = text?.uri.toString() === editor.document.uri.toString();
          return here && end > start ? rangesIn(editor.document, text, start, end) : [];
        });
      const whole = (side: Side) =>
        controllers.flatMap((of) => ranges([{ side, start: 0, end: of.pair?.[side]?.anchor.text.length ?? 0 }], of));
      this.mark(editor, this.source, whole('source'));
      this.mark(editor, this.target, whole('target'));
      const pointed = on && this.pointed ? ranges(this.pointed.words, this.pointed.of) : [];
      this.mark(editor, this.self, [...ranges(under?.self ?? [], under?.of), ...pointed]);
      this.grades.forEach((type, index) => {
        const words = (under?.others ?? []).filter(({ weight }) => gradeOf(weight) === index + 1);
        const places = words.map(({ side, label }) => ({ side, ...label }));
        this.mark(editor, type, ranges(places, under?.of));
      });
    }
    this.tell(under?.lit);
  }

  private mark(
    editor: vscode.TextEditor,
    type: vscode.TextEditorDecorationType,
    ranges: readonly vscode.Range[],
  ): void {
    const known = this.marked.get(editor) ?? new Map<vscode.TextEditorDecorationType, string>();
    this.marked.set(editor, known);
    // An edit moves what is marked, by rules of its own.
    const key = ranges.length === 0 ? '' : JSON.stringify([editor.document.version, ranges]);
    if ((known.get(type) ?? '') === key) return;
    known.set(type, key);
    editor.setDecorations(type, ranges);
  }

  /** The word under the cursor of the active editor and what it is bound to. */
  private underCursor() {
    const editor = vscode.window.activeTextEditor;
    const found = editor && this.explorations.under(editor.document, editor.selection.active);
    if (!found) return undefined;
    const { at, exploration } = found;
    const { controller: of } = exploration;
    const { view, run } = of;
    if (!view || !run) return undefined;
    const bound = isTiled(view) ? this.boundOf(of, view, at) : counterparts(view, at.side, at.offset);
    if (bound.length === 0) return undefined;
    const others = bound
      .flatMap(({ others }) => others)
      .filter(({ weight, label }) => weight >= FAINTEST && !label.special);
    const { label } = bound[0];
    const tokens = at.side === 'source' ? run.sourceTokens : run.targetTokens;
    const pieces = tokens.flatMap((token, i) => (token.end > label.start && token.start < label.end ? [i] : []));
    return {
      of,
      self: [{ side: at.side, start: label.start, end: label.end }],
      others: strongestOnce(others),
      lit: { of, side: at.side, pieces },
    };
  }

  /** Of a long run the weights are asked for, and lit once they are there. */
  private boundOf(of: ExplorationController, view: TiledView, at: { readonly side: Side; readonly offset: number }) {
    const { row, col } = tokenAt(view, at.side, at.offset);
    const key = `${row} ${col} ${view.map.info.id}`;
    if (this.long?.key !== key) {
      this.long?.abort.abort();
      const abort = new AbortController();
      this.long = { key, abort, line: undefined };
      of.linesOf(view, at, abort.signal).then(
        (line) => {
          if (this.long?.key !== key) return;
          this.long = { key, abort, line };
          this.paint();
        },
        // Cancelled, or gone: the next look asks again.
        () => {
          if (this.long?.key === key) this.long = undefined;
        },
      );
    }
    return this.long.line ? counterparts(view, at.side, at.offset, this.long.line) : [];
  }

  private tell(lit: Highlighted | undefined): void {
    const { lighting: of } = this;
    const key = lit ? JSON.stringify([lit.of.run?.runId, lit.side, lit.pieces]) : '';
    if (of === lit?.of && key === this.toldLit) return;
    this.toldLit = key;
    if (of && of !== lit?.of) {
      this.lit.fire({ of, side: 'source', pieces: [] });
      this.lit.fire({ of, side: 'target', pieces: [] });
    }
    this.lighting = lit?.of;
    if (lit) this.lit.fire(lit);
  }
}

/** In self-attention a word may both ask and be asked by another: it is lit once, by the stronger. */
function strongestOnce(others: readonly Counterpart[]): Counterpart[] {
  const best = new Map<string, Counterpart>();
  for (const other of others) {
    const key = `${other.side} ${other.label.start}`;
    if (other.weight > (best.get(key)?.weight ?? 0)) best.set(key, other);
  }
  return [...best.values()];
}

/** Square root, as the eye takes brightness: 4 % is just seen, 64 % and more is the strongest. */
function gradeOf(weight: number): number {
  return Math.max(1, Math.min(GRADES, 1 + Math.floor(Math.sqrt(weight) * GRADES)));
}

/** More than one where quotes, line ends or tags of a data file stand inside the text. */
function rangesIn(document: vscode.TextDocument, text: PlacedText, start: number, end: number): vscode.Range[] {
  return text.anchor
    .locateParts(start, end)
    .map((at) => new vscode.Range(document.positionAt(at.start), document.positionAt(at.end)));
}

function markType(side: Side, style: string): vscode.TextEditorDecorationType {
  const color = new vscode.ThemeColor(`attentionExplorer.${side}`);
  return vscode.window.createTextEditorDecorationType({
    borderWidth: '0 0 2px 0',
    borderStyle: style,
    borderColor: color,
    overviewRulerColor: color,
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
}

function gradeType(grade: number): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor(`attentionExplorer.weight${grade}`),
    borderRadius: '2px',
    // High-contrast themes say it with an outline; elsewhere the colour is transparent.
    outlineWidth: grade > 3 ? '2px' : '1px',
    outlineStyle: grade > 2 ? 'solid' : 'dotted',
    outlineColor: new vscode.ThemeColor('attentionExplorer.weightOutline'),
  });
}
