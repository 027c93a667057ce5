import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Api } from '../../src/activate-with.ts';

export const ENGLISH = 'I like eating ice cream.';
export const CHINESE = '我喜欢吃冰淇淋。';

let api: Api | undefined;

/** The extension as it runs in this host. */
export async function extension(): Promise<Api> {
  api ??= await vscode.extensions.getExtension<Api>('attention-explorer.attention-explorer')?.activate();
  if (!api) throw new Error('the extension is not there');
  return api;
}

export function command(id: string, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(`attentionExplorer.${id}`, ...args);
}

const scratch = mkdtempSync(path.join(tmpdir(), 'attention-texts-'));
let files = 0;

/** A new file, shown in the first editor group. */
export async function open(content: string, column = vscode.ViewColumn.One): Promise<vscode.TextEditor> {
  const file = path.join(scratch, `${++files}.txt`);
  writeFileSync(file, content);
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  return vscode.window.showTextDocument(document, column);
}

/** Selects each of the texts where it first stands, in the order given. */
export function select(editor: vscode.TextEditor, ...texts: string[]): void {
  editor.selections = texts.map((text) => {
    const start = editor.document.getText().indexOf(text);
    if (start < 0) throw new Error(`“${text}” is not in the document`);
    return new vscode.Selection(editor.document.positionAt(start), editor.document.positionAt(start + text.length));
  });
}

export function selectAll(editor: vscode.TextEditor): void {
  const { document } = editor;
  editor.selection = new vscode.Selection(0, 0, ...positionOfEnd(document));
}

function positionOfEnd(document: vscode.TextDocument): [number, number] {
  const end = document.lineAt(document.lineCount - 1).range.end;
  return [end.line, end.character];
}

/** Text of the first hover of ours at the first place of a text. */
export async function hoverAt(editor: vscode.TextEditor, text: string): Promise<string> {
  const at = editor.document.positionAt(editor.document.getText().indexOf(text));
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    editor.document.uri,
    at,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content as vscode.MarkdownString).value)
    .filter((value) => value.includes('attentionExplorer.'))
    .join('\n');
}

/** A markdown cell as a person reads it. */
export function readable(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
