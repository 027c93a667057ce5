import * as vscode from 'vscode';
import { findAttention } from '../code/find-attention.ts';
import { MAX_FILE } from '../code/literal-names.ts';
import { findingText } from './code/finding-text.ts';

/** The only command that such a hover may run. */
const GET_STARTED = 'attentionExplorer.getStarted';
/** Lines before and behind the place that are read of a file too long to be read whole. */
const LINES_AROUND = 200;

/** Hovers that explain attention where code and notes speak of it; `enabled` is asked each time. */
export function registerCodeHovers(enabled: () => boolean): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { scheme: '*' },
    {
      provideHover(document, position) {
        if (!enabled()) return undefined;
        const { text, from, whole } = read(document, position);
        const found = findAttention(text, document.offsetAt(position) - from, isJson(document), whole);
        if (!found) return undefined;
        const { title, body } = findingText(found);
        const link = `[$(mortar-board) ${vscode.l10n.t('Get started')}](command:${GET_STARTED})`;
        const markdown = new vscode.MarkdownString(`${title} &nbsp; ${link}\n\n${body}`, true);
        markdown.supportHtml = true;
        markdown.isTrusted = { enabledCommands: [GET_STARTED] };
        const { start, end } = found.span;
        return new vscode.Hover(
          markdown,
          new vscode.Range(document.positionAt(from + start), document.positionAt(from + end)),
        );
      },
    },
  );
}

function isJson({ languageId }: vscode.TextDocument): boolean {
  return languageId === 'json' || languageId === 'jsonc';
}

/** The whole text, or of a very long one what is near: VS Code asks for hovers often. */
function read(
  document: vscode.TextDocument,
  { line }: vscode.Position,
): {
  text: string;
  from: number;
  whole: boolean;
} {
  const last = document.lineCount - 1;
  if (document.offsetAt(document.lineAt(last).range.end) <= MAX_FILE)
    return { text: document.getText(), from: 0, whole: true };
  const start = new vscode.Position(Math.max(0, line - LINES_AROUND), 0);
  const end = document.lineAt(Math.min(last, line + LINES_AROUND)).range.end;
  return { text: document.getText(new vscode.Range(start, end)), from: document.offsetAt(start), whole: false };
}
