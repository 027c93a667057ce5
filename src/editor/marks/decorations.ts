import * as vscode from 'vscode';
import type { TiledView } from '../../contract/view.ts';
import { type Counterpart, counterparts, type Line, type Side, tokenAt } from '../../insight/attended-words.ts';
import { isTiled } from '../../insight/axes.ts';
import type { ExplorationController } from '../explorations/exploration.ts';
import type { Explorations } from '../explorations/explorations.ts';
import type { PlacedText } from '../pairs/anchored-pair.ts';
import { gradeOf, gradeTypes, markType, wordType } from './decoration-types.ts';

/** Words with less weight are not marked: a hundred faint marks say nothing. */
const LEAST_WEIGHT = 0.04;

/** Milliseconds without an edit after which marks are set anew; until then VS Code moves them with the text by itself. */
const REST = 150;

interface Word {
  readonly side: Side;
  /** UTF-16 offsets in the text of that side. */
  readonly start: number;
  readonly end: number;
}

/** A word that is highlighted in an editor, for the panel to highlight it too. */
export interface Highlight {
  /** The exploration whose word it is. */
  readonly of: ExplorationController;
  readonly side: Side;
  readonly pieces: readonly number[];
}

/**
 * Marks the explored pairs in every editor that shows them, and the words that the word under the cursor attends to, as
 * strong as their weights, in the layer, head and kind that the panel shows.
 */
export class Decorations {
  private readonly source = markType('source', 'solid');
  private readonly target = markType('target', 'dashed');
  private readonly word = wordType();
  private readonly grades = gradeTypes();
  private readonly subscriptions: vscode.Disposable[];
  private readonly highlighted = new vscode.EventEmitter<Highlight>();
  /** Pieces that the pointer in the panel rests on. */
  private pointed: { readonly of: ExplorationController; readonly words: readonly Word[] } | undefined;
  private highlightedOf: ExplorationController | undefined;
  /** The word of a long run under the cursor, and its weights once they have come. */
  private long: { readonly key: string; readonly abort: AbortController; readonly line: Line | undefined } | undefined;
  /** Runs since an edit of an explored text. */
  private resting: ReturnType<typeof setTimeout> | undefined;
  /** The last highlight and the marks of each editor: what has not changed is not sent to the window again. */
  private lastHighlight = '';
  private readonly marked = new WeakMap<vscode.TextEditor, Map<vscode.TextEditorDecorationType, string>>();

  /** The cursor went onto a word of the pair, or off. */
  readonly onDidHighlight = this.highlighted.event;

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
        if (contentChanges.length > 0 && this.isExplored(document)) this.paintLater();
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('attentionExplorer.decorations')) this.paint();
      }),
    ];
  }

  /** Marks the words that the pointer in a panel rests on; no words take the marks away. */
  point(of: ExplorationController, words: readonly Word[]): void {
    this.pointed = { of, words };
    this.paint();
  }

  dispose(): void {
    clearTimeout(this.resting);
    this.long?.abort.abort();
    for (const type of [this.source, this.target, this.word, ...this.grades]) type.dispose();
    vscode.Disposable.from(...this.subscriptions, this.highlighted).dispose();
  }

  /** @returns whether a text of an exploration stands in the document */
  private isExplored(document: vscode.TextDocument): boolean {
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
      this.mark(editor, this.word, [...ranges(under?.self ?? [], under?.of), ...pointed]);
      this.grades.forEach((type, index) => {
        const words = (under?.others ?? []).filter(({ weight }) => gradeOf(weight) === index + 1);
        const places = words.map(({ side, label }) => ({ side, ...label }));
        this.mark(editor, type, ranges(places, under?.of));
      });
    }
    this.fireHighlight(under?.highlight);
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

  /** The word under the cursor of the active editor, and the words bound to it by attention. */
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
      .filter(({ weight, label }) => weight >= LEAST_WEIGHT && !label.special);
    const { label } = bound[0];
    const tokens = at.side === 'source' ? run.sourceTokens : run.targetTokens;
    const pieces = tokens.flatMap((token, i) => (token.end > label.start && token.start < label.end ? [i] : []));
    return {
      of,
      self: [{ side: at.side, start: label.start, end: label.end }],
      others: strongestOnce(others),
      highlight: { of, side: at.side, pieces },
    };
  }

  /** The weights of a long run are requested; their words are marked when the weights have come. */
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

  private fireHighlight(highlight: Highlight | undefined): void {
    const of = this.highlightedOf;
    const key = highlight ? JSON.stringify([highlight.of.run?.runId, highlight.side, highlight.pieces]) : '';
    if (of === highlight?.of && key === this.lastHighlight) return;
    this.lastHighlight = key;
    if (of && of !== highlight?.of) {
      this.highlighted.fire({ of, side: 'source', pieces: [] });
      this.highlighted.fire({ of, side: 'target', pieces: [] });
    }
    this.highlightedOf = highlight?.of;
    if (highlight) this.highlighted.fire(highlight);
  }
}

/** In self-attention a word may both ask and be asked by another: it is marked once, by the stronger. */
function strongestOnce(others: readonly Counterpart[]): Counterpart[] {
  const best = new Map<string, Counterpart>();
  for (const other of others) {
    const key = `${other.side} ${other.label.start}`;
    if (other.weight > (best.get(key)?.weight ?? 0)) best.set(key, other);
  }
  return [...best.values()];
}

/** More than one where quotes, line ends or tags of a data file stand inside the text. */
function rangesIn(document: vscode.TextDocument, text: PlacedText, start: number, end: number): vscode.Range[] {
  return text.anchor
    .locateParts(start, end)
    .map((at) => new vscode.Range(document.positionAt(at.start), document.positionAt(at.end)));
}
