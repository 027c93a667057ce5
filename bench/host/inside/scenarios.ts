import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { next } from '../../../test/integration/wait.ts';
import { active, command, extension, hoverAt, open, selectAll } from '../../../test/integration/workbench.ts';
import { openLarge } from './large-file.ts';
import { PAIR } from './pairs.ts';

/** What a person does while the extension host is watched: prepare, then the part that is watched. */
export interface Scenario {
  readonly prepare?: () => Promise<unknown>;
  readonly play: () => Promise<unknown>;
}

const WORDS = ['little', 'boy', 'wants', 'good', 'book', 'garden', '男孩', '花园', '好书'];
const CODE = `import torch.nn as nn\n\nclass Model(nn.Module):\n    def __init__(self, width=512, heads=8):\n        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)\n`;
const LONG = Array(12).fill('The little boy wants to read a good book in the garden').join(', ');
const LENS_FILES = ['large.tsv', 'large.csv', 'large.jsonl', 'large.json', 'large.po', 'large.xlf'];
const EXPORTS = ['svg', 'png', 'csv', 'json', 'npz', 'safetensors', 'html'];

async function explored(text = PAIR): Promise<void> {
  selectAll(await open(text));
  const runId = await command('exploreSelectedPair');
  if (!runId) throw new Error('Nothing was explored.');
  const { panel } = await active();
  if (panel.paintedRun !== runId) {
    await next(panel.onDidReceive, (message) => message.type === 'painted' && message.runId === runId, 60_000);
  }
}

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'explore, first': { play: () => explored() },
  'explore, ten times': {
    prepare: () => explored(),
    async play() {
      for (let i = 0; i < 10; i++) await command('exploreSelectedPair');
    },
  },
  'explore 150 words, the model writes the target': { play: () => explored(LONG) },
  'explore 150 × 150 words': { play: () => explored(`${LONG}\t${LONG.replaceAll('little', 'small')}`) },
  'heads and layers of 150 × 150 words': {
    prepare: () => explored(`${LONG}\t${LONG.replaceAll('little', 'small')}`),
    async play() {
      const { controller } = await active();
      for (let layer = 0; layer < 6; layer++)
        for (let head = 0; head < 4; head++) await controller.act({ type: 'setHead', head, layer });
    },
  },
  'step through tokens': {
    prepare: () => explored(),
    async play() {
      const { controller } = await active();
      for (let i = 0; i < 30; i++) await controller.act({ type: 'nextPhase' });
    },
  },
  play: {
    prepare: () => explored(),
    async play() {
      const { controller } = await active();
      controller.play();
      await new Promise((resolve) => setTimeout(resolve, 4000));
      controller.pause();
    },
  },
  'hover over words': {
    prepare: () => explored(),
    async play() {
      const editor = vscode.window.visibleTextEditors[0];
      for (let i = 0; i < 3; i++) for (const word of WORDS) await hoverAt(editor, word);
    },
  },
  'hover in code, a file of 20,000 lines': {
    prepare: () => open(CODE.repeat(4000), vscode.ViewColumn.One, 'py'),
    async play() {
      const editor = vscode.window.visibleTextEditors[0];
      for (const word of ['MultiheadAttention', 'heads', 'width', 'batch_first']) await hoverAt(editor, word);
    },
  },
  'export in every format': {
    prepare: () => explored(),
    async play() {
      const folder = mkdtempSync(path.join(tmpdir(), 'attention-bench-export-'));
      for (const target of EXPORTS) {
        const to = vscode.Uri.file(path.join(folder, `a.${target}`));
        if (!(await command('export', target, { to, colors: 'seen' }))) throw new Error(`${target} was not exported.`);
      }
    },
  },
  ...Object.fromEntries(LENS_FILES.map((name) => [`lenses of ${name}`, { play: () => lenses(name) }])),
  ...Object.fromEntries(
    ['large.jsonl', 'large.json'].map((name) => [
      `type in ${name}, its pair explored`,
      { prepare: () => openAndExplore(name), play: () => typeInside() },
    ]),
  ),
};

/** Opens a file and looks at its beginning, middle and end. */
async function lenses(name: string): Promise<void> {
  const editor = await openLarge(name);
  const { document } = editor;
  const ask = () => vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri);
  await ask();
  for (const line of [document.lineCount >> 1, document.lineCount - 20]) {
    const { dataPairs } = await extension();
    const scrolled = next(dataPairs.lenses.onDidChangeCodeLenses);
    editor.revealRange(new vscode.Range(line, 0, line, 0), vscode.TextEditorRevealType.AtTop);
    await scrolled;
    await ask();
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

async function openAndExplore(name: string): Promise<void> {
  const editor = await openLarge(name);
  const at = editor.document.positionAt(editor.document.getText().indexOf('number 300 of'));
  editor.selection = new vscode.Selection(at, at);
  if (!(await command('exploreLine'))) throw new Error('The pair could not be explored.');
  await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
  editor.selection = new vscode.Selection(at, at);
}

async function typeInside(): Promise<void> {
  for (let i = 0; i < 15; i++) {
    await vscode.commands.executeCommand('type', { text: 'x' });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await vscode.commands.executeCommand('workbench.action.files.revert');
}
