import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../extension-id.ts';
import { active, CHINESE, command, ENGLISH, extension, open, selectAll } from './workbench.ts';

suite('errors', () => {
  /** Explores a text that can't be, and checks what is said and that the earlier exploration stands. */
  async function fails(code: string, message: RegExp, prepare: () => Promise<unknown>): Promise<void> {
    const { controller } = await active();
    selectAll(await open(`${ENGLISH}\t${CHINESE}`));
    await command('exploreSelectedPair');
    const { explorations } = await extension();
    const before = explorations.active;
    const runId = before?.controller.run?.runId;
    assert.ok(before && runId);
    await prepare();
    await command('exploreSelectedPair');
    const { status, error } = controller.panelState;
    assert.equal(status, 'failed');
    assert.equal(error?.code, code);
    assert.match(error?.message ?? '', message);
    assert.equal(before.controller.run?.runId, runId, 'the earlier exploration stays');
    await before.controller.act({ type: 'nextPhase' });
    assert.equal(before.controller.view?.runId, runId, 'and can be stepped');
  }

  test('nothing selected', () => fails('text-empty', /Nothing is selected.*Select/, () => open('Some text')));

  test('white space only', () => fails('text-empty', /white space/, async () => selectAll(await open(' \t \n  '))));

  test('the same text twice', () =>
    fails('text-same', /same text/, async () => selectAll(await open(`${ENGLISH}\t${ENGLISH}`))));

  test('5,000 tokens: says how many, offers to cut, and cutting works', async () => {
    const { controller } = await active();
    const source = Array.from({ length: 2500 }, (_, i) => `house${i}`).join(' ');
    await fails('text-too-long', /\d{4,} tokens.*512/, async () => selectAll(await open(`${source}\t${CHINESE}`)));
    assert.deepEqual(controller.panelState.error?.way, { label: 'Cut to 512 tokens', command: 'runCut' });
    await command('runCut');
    assert.equal(controller.panelState.status, 'ready');
    assert.equal(controller.run?.sourceTokens.length, 512);
  });

  test('a model folder that is not there', () => withModel('/nowhere/at/all', 'model-missing', /nowhere/));

  test('a safetensors whose header runs past the end of the file', async () => {
    const folder = copyModel();
    try {
      writeFileSync(path.join(folder, 'model.safetensors'), Buffer.from([255, 255, 255, 255, 0, 0, 0, 0, 123]));
      await withModel(folder, 'model-file', /model\.safetensors/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a safetensors cut short', async () => {
    const folder = copyModel();
    try {
      const file = path.join(folder, 'model.safetensors');
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.subarray(0, bytes.length >> 1));
      await withModel(folder, 'model-file', /model\.safetensors/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  async function withModel(folder: string, code: string, message: RegExp): Promise<void> {
    const section = vscode.workspace.getConfiguration('attentionExplorer');
    try {
      await fails(code, message, async () => {
        selectAll(await open(`${ENGLISH}\t${CHINESE}`));
        await section.update('modelFolder', folder, vscode.ConfigurationTarget.Global);
      });
      // The one way out: the bundled model, at a click.
      const { controller } = await active();
      await command('useBundledModel');
      assert.equal(section.inspect('modelFolder')?.globalValue === folder, false);
      assert.equal(controller.panelState.status, 'ready');
    } finally {
      await section.update('modelFolder', undefined, vscode.ConfigurationTarget.Global);
    }
  }
});

function copyModel(): string {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  const folder = mkdtempSync(path.join(tmpdir(), 'attention-model-'));
  cpSync(path.join(extension?.extensionPath ?? '', 'models/en-zh'), folder, { recursive: true });
  return folder;
}
