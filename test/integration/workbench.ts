import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Api } from '../../src/activate.ts';
import type { ExplorationController } from '../../src/editor/explorations/exploration.ts';
import { type ExplorationPanel, PANEL_TYPE } from '../../src/editor/panel/explorer-panel.ts';
import { EXTENSION_ID } from '../extension-id.ts';
import { next } from './wait.ts';

export const ENGLISH = 'I like eating ice cream.';
export const CHINESE = '我喜欢吃冰淇淋。';

let api: Api | undefined;

/** The extension as it runs in this host. */
export async function extension(): Promise<Api> {
  api ??= await vscode.extensions.getExtension<Api>(EXTENSION_ID)?.activate();
  if (!api) throw new Error('the extension is not there');
  return api;
}

/** The exploration that commands act on, whichever that is at the moment. */
export async function active(): Promise<{
  readonly controller: ExplorationController;
  readonly panel: ExplorationPanel;
}> {
  const { explorations } = await extension();
  const now = () => explorations.active;
  const controller = new Proxy({} as ExplorationController, {
    get: (_, key) => {
      if (key === 'onDidChangeView') return explorations.onDidChangeView;
      if (key === 'onDidChange') return explorations.onDidChange;
      const of = now()?.controller;
      const value = of && Reflect.get(of, key, of);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
  const panel = new Proxy({} as ExplorationPanel, {
    get: (_, key) => {
      const of = now()?.panel;
      const value = of && Reflect.get(of, key, of);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
  return { controller, panel };
}

/** A measured figure, printed with the results. */
export function note(text: string): void {
  console.log(`    ${text}`);
}

export function command(id: string, ...args: unknown[]): Thenable<unknown> {
  return vscode.commands.executeCommand(`attentionExplorer.${id}`, ...args);
}

const scratch = mkdtempSync(path.join(tmpdir(), 'attention-texts-'));
let files = 0;

/** A new file, shown in the first editor group. */
export async function open(
  content: string,
  column = vscode.ViewColumn.One,
  ending = 'txt',
): Promise<vscode.TextEditor> {
  const file = path.join(scratch, `${++files}.${ending}`);
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

/** Tabs of panels, as soon as VS Code has that many: a panel itself is told later where it stands. */
export async function panelTabs(count: number): Promise<readonly vscode.Tab[]> {
  const find = () =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes(PANEL_TYPE));
  if (find().length < count) await next(vscode.window.tabGroups.onDidChangeTabs, () => find().length >= count);
  return find();
}
