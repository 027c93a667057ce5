import * as vscode from 'vscode';
import type { Side } from '../../insight/attended-words.ts';

/** Steps of strength; the colours attentionExplorer.weight1 … 5 of package.json. */
const GRADES = 5;

/** Square root, as the eye takes brightness: 4 % is just seen, 64 % and more is the strongest. */
export function gradeOf(weight: number): number {
  return Math.max(1, Math.min(GRADES, 1 + Math.floor(Math.sqrt(weight) * GRADES)));
}

/** @returns a mark for each step of strength, the weakest first */
export function gradeTypes(): vscode.TextEditorDecorationType[] {
  return Array.from({ length: GRADES }, (_, i) => gradeType(i + 1));
}

/** The mark of a whole source or target. */
export function markType(side: Side, style: string): vscode.TextEditorDecorationType {
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

/** High contrast themes show an outline; elsewhere its colour is transparent. */
function gradeType(grade: number): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor(`attentionExplorer.weight${grade}`),
    borderRadius: '2px',
    outlineWidth: grade > 3 ? '2px' : '1px',
    outlineStyle: grade > 2 ? 'solid' : 'dotted',
    outlineColor: new vscode.ThemeColor('attentionExplorer.weightOutline'),
  });
}

/** The mark of the word that attends, or is attended to. */
export function wordType(): vscode.TextEditorDecorationType {
  return vscode.window.createTextEditorDecorationType({
    border: '1px solid',
    borderColor: new vscode.ThemeColor('attentionExplorer.focus'),
    borderRadius: '2px',
  });
}
