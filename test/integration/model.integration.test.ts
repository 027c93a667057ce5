import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import type { ExplorationController } from '../../src/editor/explorations/exploration.ts';
import { EXTENSION_ID } from '../extension-id.ts';
import { next } from './wait.ts';
import { active, command, ENGLISH, extension, open } from './workbench.ts';

const root = () => vscode.extensions.getExtension(EXTENSION_ID)?.extensionPath ?? '';
const fixture = (...names: string[]) => path.join(root(), 'test/fixtures', ...names);

suite('models', () => {
  /** What is set is taken back, whatever happens. */
  async function withModel(work: (section: vscode.WorkspaceConfiguration) => Promise<void>): Promise<void> {
    const section = () => vscode.workspace.getConfiguration('attentionExplorer');
    try {
      await work(section());
    } finally {
      for (const target of [vscode.ConfigurationTarget.Workspace, vscode.ConfigurationTarget.Global])
        await section()
          .update('modelFolder', undefined, target)
          .then(undefined, () => undefined);
    }
  }

  test('a folder chosen is read, set and used; one that can’t be used is not set', () =>
    withModel(async () => {
      const own = mkdtempSync(path.join(tmpdir(), 'attention-own-'));
      cpSync(path.join(root(), 'models/en-zh'), own, { recursive: true });
      await command('useAsModel', vscode.Uri.file(path.join(own, 'config.json')));
      const set = () => vscode.workspace.getConfiguration('attentionExplorer').get('modelFolder');
      assert.equal(set(), own);
      await open(ENGLISH);
      await command('exploreLine');
      const { controller } = await active();
      assert.equal(controller.run?.model.folder, own);
      await command('chooseModelFolder', vscode.Uri.file(tmpdir()));
      assert.equal(set(), own, 'a folder without config.json leaves the setting alone');
      await command('useBundledModel');
      assert.equal(set(), '');
    }));

  test('a sound goes through Whisper, a picture through ViT–GPT-2; with a text model the reason is said', () =>
    withModel(async () => {
      const { explorations } = await extension();
      const sound = vscode.Uri.file(fixture('input/chirp.wav'));
      const picture = vscode.Uri.file(fixture('input/scene.png'));
      await command('exploreFile', sound);
      assert.equal(explorations.active?.controller.panelState.error?.code, 'input-kind');
      for (const [model, uri, kind] of [
        ['whisper', sound, 'sound'],
        ['vit-gpt2', picture, 'picture'],
      ] as const) {
        await command('chooseModelFolder', vscode.Uri.file(fixture('hf', model)));
        await command('exploreFile', uri);
        const controller: ExplorationController | undefined = explorations.active?.controller;
        assert.equal(controller?.run?.media?.kind, kind);
        assert.ok(controller?.view?.rows.length && controller.state?.kind === 'cross');
        await command('nextPhase');
        assert.equal(explorations.active?.controller.view?.of, 'contribution');
      }
    }));

  test('a sound that is no sound, or is gone, says so and leaves what is open', () =>
    withModel(async () => {
      const { explorations } = await extension();
      await command('chooseModelFolder', vscode.Uri.file(fixture('hf/whisper')));
      const file = path.join(mkdtempSync(path.join(tmpdir(), 'attention-sound-')), 'no.wav');
      for (const make of [() => undefined, () => writeFileSync(file, 'RIFF, but not really')]) {
        make();
        await command('exploreFile', vscode.Uri.file(file));
        const { error, status } = explorations.active?.controller.panelState ?? {};
        assert.equal(status, 'failed');
        assert.equal(error?.code, 'input-file');
        assert.match(error?.message ?? '', /no\.wav/);
      }
    }));

  test('menus know the folders of the workspace that hold a config.json, as they come and go', async () => {
    const { modelFolders } = await extension();
    const [{ uri }] = vscode.workspace.workspaceFolders ?? [];
    const folder = vscode.Uri.joinPath(uri, 'a model');
    const told = (there: boolean) =>
      next(modelFolders.onDidTell, (folders) => folders.includes(folder.toString()) === there);
    const edited = async (change: (edit: vscode.WorkspaceEdit) => void) => {
      const edit = new vscode.WorkspaceEdit();
      change(edit);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    const added = told(true);
    await edited((edit) => edit.createFile(vscode.Uri.joinPath(folder, 'config.json')));
    try {
      await added;
    } finally {
      const removed = told(false);
      await edited((edit) => edit.deleteFile(folder, { recursive: true }));
      await removed;
    }
  });
});
