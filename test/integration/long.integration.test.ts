import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../extension-id.ts';
import { next } from './wait.ts';
import { active, command, extension, hoverAt, open, panelTabs, selectAll } from './workbench.ts';

const root = () => vscode.extensions.getExtension(EXTENSION_ID)?.extensionPath ?? '';

/** The first examples, all in a row and again: some hundred tokens a side. */
function longPair(): readonly [string, string] {
  const lines = readFileSync(path.join(root(), 'examples/pairs.tsv'), 'utf8').split('\n').slice(0, 14);
  const side = (column: 0 | 1) => lines.map((line) => line.split('\t')[column]);
  const often = (texts: readonly string[]) => Array.from({ length: 6 }, () => texts.join(' ')).join(' ');
  return [often(side(0)), often(side(1))];
}

/** The bundled model with room for more positions, which are computed and not learned. */
function longModel(): vscode.Uri {
  const folder = mkdtempSync(path.join(tmpdir(), 'attention-long-model-'));
  cpSync(path.join(root(), 'models/en-zh'), folder, { recursive: true });
  const config = path.join(folder, 'config.json');
  writeFileSync(config, readFileSync(config, 'utf8').replace(/("max_position_embeddings": )512/, '$12048'));
  return vscode.Uri.file(folder);
}

suite('long texts', () => {
  async function withLongModel(work: () => Promise<void>): Promise<void> {
    try {
      await command('chooseModelFolder', longModel());
      await work();
    } finally {
      const section = vscode.workspace.getConfiguration('attentionExplorer');
      for (const target of [vscode.ConfigurationTarget.Workspace, vscode.ConfigurationTarget.Global])
        await section.update('modelFolder', undefined, target).then(undefined, () => undefined);
    }
  }

  test('a long pair: tiles come as they are looked at, words have their weights, and what can’t be is said', () =>
    withLongModel(async () => {
      const { explorations } = await extension();
      const [source, target] = longPair();
      const editor = await open(`${source}\n${target}`);
      selectAll(editor);
      await command('exploreSelectedPair');
      const { controller, panel } = await active();
      assert.ok(
        controller.view?.map.kind === 'tiled',
        controller.panelState.error?.message ?? `${controller.view?.rows.length} rows`,
      );
      assert.ok(!('weights' in controller.view.map));
      const { rows, cols } = controller.view;
      assert.ok(rows.length * cols.length > 2 ** 18 / 4);
      if (controller.view.facts.entropy === undefined)
        await next(explorations.onDidChange, () => controller.view?.facts.entropy !== undefined);
      assert.ok(controller.view.facts.peak);
      assert.match(await hoverAt(editor, '冰淇淋'), /attends to/);
      assert.match(await hoverAt(editor, 'cream'), /is attended to by/);

      const folder = mkdtempSync(path.join(tmpdir(), 'attention-long-'));
      const to = (name: string) => vscode.Uri.file(path.join(folder, name));
      assert.equal(await command('export', 'csv', { to: to('a.csv'), colors: 'seen' }), undefined);
      assert.ok(!existsSync(to('a.csv').fsPath));
      await command('export', 'png', { to: to('a.png'), colors: 'seen', scale: 1 });
      assert.equal(readFileSync(to('a.png').fsPath).subarray(1, 4).toString(), 'PNG');
      await command('export', 'npz', { to: to('a.npz'), colors: 'seen' });
      const names = readFileSync(to('a.npz').fsPath)
        .toString('latin1')
        .match(/[a-z_.0-9]+\.npy/g);
      assert.ok(names?.includes('cross_attentions.0.npy') && !names.includes('view_weights.npy'), String(names));
      await command('export', 'pharaoh', { to: to('a.txt'), colors: 'seen' });
      assert.match(readFileSync(to('a.txt').fsPath, 'utf8'), /^\d+-\d+ /);

      // Another head, another matrix; a page that comes anew asks anew.
      const asked = next(panel.onDidReceive, ({ type }) => type === 'tiles');
      await controller.act({ type: 'setHead', head: 2 });
      await asked;
      await open('in front of it', vscode.ViewColumn.Two);
      const again = next(panel.onDidReceive, ({ type }) => type === 'tiles');
      await command('showPanel');
      await again;
      await vscode.window.tabGroups.close(await panelTabs(1));
      assert.notEqual(explorations.active?.controller.view?.map.kind, 'tiled');
    }));
});
