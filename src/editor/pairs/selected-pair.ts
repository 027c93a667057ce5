import type * as vscode from 'vscode';
import { ExplorerError } from '../../contract/error.ts';
import { checkPair, linePair, movePair, type Pair, splitPair, type TextSpan, trimSpan } from '../../pair/text-pair.ts';
import type { AnchoredPair, PlacedText } from './anchored-pair.ts';
import { AnchoredText } from './anchored-text.ts';

/**
 * The pair that is selected: two selections, the first made being the source (VS Code keeps them in the order in which
 * they were made), or one that holds two parts, or one source alone.
 * @throws ExplorerError text-empty when nothing, or nothing but white space, is selected; text-same
 */
export function selectedPair(editor: vscode.TextEditor | undefined): AnchoredPair {
  const selections = editor?.selections.filter((selection) => !selection.isEmpty) ?? [];
  if (!editor || selections.length === 0) throw nothingSelected();
  const { document } = editor;
  const [first, second] = selections;
  if (second) return place(document, { source: span(document, first), target: span(document, second) });
  return place(document, movePair(splitPair(document.getText(first)), document.offsetAt(first.start)));
}

/** The pair on the line under the cursor. @throws ExplorerError text-empty, text-same */
export function pairOfLine(editor: vscode.TextEditor | undefined): AnchoredPair {
  if (!editor) throw nothingSelected();
  return pairAt(editor.document, editor.selection.active);
}

/** The pair on the line of a place. @throws ExplorerError text-empty, text-same */
export function pairAt(document: vscode.TextDocument, position: vscode.Position): AnchoredPair {
  return place(document, linePair(document.getText(), document.offsetAt(position)));
}

/** The selection as one text, to be set as source or target. @throws ExplorerError text-empty */
export function selectedText(editor: vscode.TextEditor | undefined): PlacedText {
  if (!editor || editor.selection.isEmpty) throw nothingSelected();
  return place(editor.document, { source: span(editor.document, editor.selection) }).source;
}

function span(document: vscode.TextDocument, selection: vscode.Selection): TextSpan {
  const text = document.getText(selection);
  const part = trimSpan(text);
  return movePair({ source: part }, document.offsetAt(selection.start)).source;
}

function place(document: vscode.TextDocument, pair: Pair): AnchoredPair {
  checkPair(pair);
  const placed = ({ text, start }: TextSpan) => ({ uri: document.uri, anchor: new AnchoredText(text, start) });
  return { source: placed(pair.source), target: pair.target && placed(pair.target) };
}

function nothingSelected(): ExplorerError {
  return new ExplorerError(
    'text-empty',
    'Nothing is selected. Select a text and its translation, or a text alone and the model writes the translation.',
  );
}
