import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../extension-id.ts';
import { active, CHINESE, command, ENGLISH, extension, note, open, selectAll } from './workbench.ts';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string }[];
  };
}

suite('commands', () => {
  test('activates without work, and every command of the manifest is there', async () => {
    const { activation, engine } = await extension();
    note(`activate() took ${activation.toFixed(1)} ms`);
    assert.equal(engine.started, false, 'no worker before it is needed');
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = manifest();
    assert.ok(contributes.commands.length >= 19);
    for (const { command } of contributes.commands) assert.ok(registered.has(command), command);
  });

  test('no key binding of ours is one of VS Code’s own', async () => {
    const uri = vscode.Uri.parse('vscode://defaultsettings/keybindings.json');
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    const lines = text.split('\n').filter((line) => !line.includes('attentionExplorer.'));
    const keys = new Set(lines.flatMap((line) => /"key":\s*"([^"]+)"/.exec(line)?.[1] ?? []));
    assert.ok(keys.size > 300, `the default bindings were read (${keys.size})`);
    for (const { key } of manifest().contributes.keybindings) {
      assert.ok(!keys.has(key), key);
      assert.ok(!keys.has(key.split(' ')[0]), `${key.split(' ')[0]} alone`);
    }
  });

  test('stepping goes through the phases, on to the next token, and back', async () => {
    const { controller } = await active();
    const editor = await open(`${ENGLISH}\t${CHINESE}`);
    selectAll(editor);
    await command('exploreSelectedPair');
    await command('goToQuery');
    const { query } = state();
    assert.equal(state().phase, 'query');
    assert.equal(controller.view?.of, 'score');
    await command('nextPhase');
    assert.equal(state().phase, 'match');
    assert.equal(controller.view?.of, 'weight');
    await command('nextPhase');
    assert.equal(state().phase, 'combine');
    assert.equal(controller.view?.of, 'contribution');
    await command('nextPhase');
    assert.equal(state().phase, 'query');
    assert.ok(state().query > query, 'the next token');
    await command('previousToken');
    assert.equal(state().query, query);
    await command('goToCombine');
    assert.equal(state().phase, 'combine');
    await command('goToMatch');
    assert.equal(state().phase, 'match');
    await command('nextToken');
    await command('previousPhase');
    assert.equal(state().phase, 'query');

    function state() {
      assert.ok(controller.state && controller.view);
      assert.deepEqual(controller.view.state, controller.state, 'the view is of the state');
      return controller.state;
    }
  });

  test('play steps on by itself and any action ends it', async () => {
    const { controller } = await active();
    const editor = await open(`${ENGLISH}\t${CHINESE}`);
    selectAll(editor);
    await command('exploreSelectedPair');
    await command('goToQuery');
    const views: string[] = [];
    const subscription = controller.onDidChangeView(({ state }) => views.push(state.phase));
    await command('play');
    assert.ok(controller.playing);
    while (views.length < 2) await new Promise<void>((resolve) => void controller.onDidChangeView(() => resolve()));
    subscription.dispose();
    assert.deepEqual(views.slice(0, 2), ['match', 'combine']);
    await command('nextToken');
    assert.equal(controller.playing, false);
  });

  test('of many quick actions the last is what is shown', async () => {
    const { controller } = await active();
    selectAll(await open(`${ENGLISH}\t${CHINESE}`));
    await command('exploreSelectedPair');
    let views = 0;
    const subscription = controller.onDidChangeView(() => views++);
    const heads = [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 2];
    await Promise.all(heads.map((head) => controller.act({ type: 'setHead', head, layer: 1 })));
    subscription.dispose();
    assert.equal(controller.view?.state.head, 2);
    assert.equal(controller.view?.state.layer, 1);
    assert.ok(views < heads.length, `${views} views for ${heads.length} actions`);
  });
});

function manifest(): Manifest {
  return vscode.extensions.getExtension(EXTENSION_ID)?.packageJSON;
}
