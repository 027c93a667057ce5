import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { isWhole } from '../../src/insight/axes.ts';
import { next } from './wait.ts';
import { active, CHINESE, command, ENGLISH, extension, hoverAt, open, readable, selectAll } from './workbench.ts';

suite('marks and hovers', () => {
  test('a hover says what a target word attends to, with its weights and links', async () => {
    const { controller } = await active();
    const editor = await open(`Above\n${ENGLISH}\t${CHINESE}\nBelow`);
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await command('exploreLine');
    const { view } = controller;
    assert.ok(view && isWhole(view));
    const row = view.rows.findIndex((label) => CHINESE.slice(label.start, label.end).includes('喜'));
    const weights = [...view.map.weights.slice(row * view.cols.length, (row + 1) * view.cols.length)];
    const best = weights.indexOf(Math.max(...weights));
    const text = readable(await hoverAt(editor, '喜'));
    assert.match(text, /attends to/);
    assert.match(
      text,
      new RegExp(`${view.cols[best].text.replace(/[^\w\s]/g, '.')}\\W+\\|\\s*${weights[best].toFixed(2)}`),
    );
    assert.match(text, /[█▉▊▋▌▍▎▏]/);
    assert.match(text, /Match:/);
    for (const link of ['Step through this token', 'Show in heatmap', 'Change head'])
      assert.ok(text.includes(link), link);
    const source = readable(await hoverAt(editor, 'cream'));
    assert.match(source, /is attended to by/);
    assert.equal(await hoverAt(editor, 'Below'), '');
  });

  test('hovers follow kind and head, and their links act', async () => {
    const { controller } = await active();
    const editor = await open(`${ENGLISH}\t${CHINESE}`);
    await command('exploreLine');
    await controller.act({ type: 'setKind', kind: 'encoder' });
    await controller.act({ type: 'setHead', head: 2, layer: 0 });
    const text = await hoverAt(editor, 'eating');
    assert.match(text, /Encoder self&#45;attention, layer 1, head 3/);
    assert.match(text, /attends to/);
    assert.match(text, /is attended to by/);
    const link = /command:attentionExplorer\.stepToken\?([^)]+)\)/.exec(text);
    assert.ok(link);
    await command('stepToken', ...JSON.parse(decodeURIComponent(link[1])));
    assert.equal(controller.state?.phase, 'query');
    const token = controller.run?.sourceTokens[controller.state?.query ?? -1];
    assert.ok(token && 'eating'.includes(ENGLISH.slice(token.start, token.end).trim()), token?.text);
  });

  test('text that looks like markdown stays text in a hover', async () => {
    const source = 'Look at [this](command:x) <b>$(bug)</b> | `now`.';
    const editor = await open(`${source}\t看看这个。`);
    await command('exploreLine');
    const text = await hoverAt(editor, 'Look');
    assert.ok(text);
    assert.ok(!text.includes('](command:x)') && !text.includes('<b>') && !text.includes('$(bug)'));
  });

  test('settings turn hovers off', async () => {
    const editor = await open(`${ENGLISH}\t${CHINESE}`);
    await command('exploreLine');
    const section = vscode.workspace.getConfiguration('attentionExplorer');
    await section.update('hovers', false, vscode.ConfigurationTarget.Global);
    try {
      assert.equal(await hoverAt(editor, 'cream'), '');
    } finally {
      await section.update('hovers', undefined, vscode.ConfigurationTarget.Global);
    }
    assert.notEqual(await hoverAt(editor, 'cream'), '');
  });

  test('the word under the cursor is lit for the panel, and goes dark when the cursor leaves', async () => {
    const { decorations } = await extension();
    const { controller } = await active();
    const editor = await open(`${ENGLISH}\t${CHINESE}\nnothing here`);
    await command('exploreLine');
    await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
    const lit = next(decorations.onDidHighlight, ({ pieces }) => pieces.length > 0);
    const at = ENGLISH.indexOf('cream') + 1;
    editor.selection = new vscode.Selection(0, at, 0, at);
    const { side, pieces } = await lit;
    assert.equal(side, 'source');
    const words = pieces.map((i) => controller.run?.sourceTokens[i]).map((token) => token?.text);
    assert.ok('cream'.includes(words.join('').replace(/\W/g, '')) && words.length > 0, words.join('+'));
    const dark = next(decorations.onDidHighlight, ({ pieces }) => pieces.length === 0);
    editor.selection = new vscode.Selection(1, 3, 1, 3);
    await dark;
  });

  test('marks move with an edit before the text; an edit inside makes the exploration old; undo makes it new', async () => {
    const { controller } = await active();
    const editor = await open(`${ENGLISH}\t${CHINESE}`);
    await command('exploreLine');
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'First line\n'));
    assert.equal(controller.panelState.stale, false);
    assert.match(readable(await hoverAt(editor, 'cream')), /is attended to by/);
    const at = editor.document.positionAt(editor.document.getText().indexOf('ice'));
    await editor.edit((edit) => edit.insert(at, 'cold '));
    assert.equal(controller.panelState.stale, true);
    assert.match(readable(await hoverAt(editor, 'cream')), /cream[\s\S]*changed since/);
    await vscode.window.showTextDocument(editor.document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('undo');
    assert.equal(controller.panelState.stale, false);
    await editor.edit((edit) => edit.insert(at, 'cold '));
    await command('runAgain');
    assert.equal(controller.panelState.stale, false);
    assert.equal(controller.run?.source, ENGLISH.replace('ice', 'cold ice'));
    assert.equal(controller.run?.target, CHINESE);
  });

  test('two runs at once in one panel: the newer one wins, everything shown is of it', async () => {
    const { controller } = await active();
    const editor = await open(`${ENGLISH}\t${CHINESE}`);
    selectAll(editor);
    const first = command('exploreSelectedPair');
    const second = command('exploreSelectedPair');
    assert.equal(await first, undefined);
    const runId = await second;
    assert.ok(runId);
    assert.equal(controller.run?.runId, runId);
    assert.equal(controller.view?.runId, controller.run?.runId);
    assert.equal(controller.panelState.status, 'ready');
  });

  test('an exploration that is cancelled leaves the earlier one', async () => {
    const { controller } = await active();
    const editor = await open(`${ENGLISH}\t${CHINESE}`);
    selectAll(editor);
    await command('exploreSelectedPair');
    const before = controller.run?.runId;
    const running = next(controller.onDidChange, () => controller.panelState.status === 'running');
    const again = command('runAgain');
    await running;
    controller.cancel();
    await again;
    assert.equal(controller.panelState.status, 'ready');
    assert.equal(controller.run?.runId, before);
    await command('nextPhase');
    assert.equal(controller.view?.runId, before);
  });
});
