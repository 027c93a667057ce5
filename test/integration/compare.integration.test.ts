import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { COMPARISON_TYPE } from '../../src/editor/panel/explorer-panel.ts';
import { restoreComparisons } from '../../src/editor/panel/restore-panels.ts';
import { next } from './wait.ts';
import { CHINESE, command, ENGLISH, extension, open } from './workbench.ts';

suite('comparisons', () => {
  test('cross- and self-attention of a pair side by side; what is done on one side leaves the other', async () => {
    const { explorations, comparisons } = await extension();
    await open(`${ENGLISH}\t${CHINESE}`);
    await command('exploreLine');
    const { id, controller } = explorations.active ?? {};
    await command('compareWithSelf');
    const [comparison] = comparisons.all;
    assert.ok(comparison && id);
    assert.equal(comparison.left.view?.state.kind, 'cross');
    assert.equal(comparison.right.view?.state.kind, 'encoder');
    assert.equal(comparison.right.run?.runId, controller?.run?.runId, 'the run is shared, not run again');
    await comparison.act('right', { type: 'setHead', head: 2, layer: 0 });
    assert.equal(comparison.right.state?.head, 2);
    assert.notDeepEqual(comparison.left.state?.layer, 0);
    await comparison.act('left', { type: 'setPhase', phase: 'combine' });
    assert.equal(comparison.right.view?.of, 'contribution', 'a phase holds for both');
    assert.equal(controller?.state?.phase, 'match', 'the exploration itself is left alone');
    // The exploration is closed: its run is let go, and the comparison runs the pair again when it is next looked at.
    explorations.close(id);
    await comparison.act('left', { type: 'setHead', head: 0, layer: 0 });
    const ready = () => comparison.left.panelState.status === 'ready' && comparison.left.view?.state.head === 0;
    if (!ready()) await next(comparison.left.onDidChange, ready);
    assert.equal(comparison.left.run?.source, ENGLISH);
    assert.equal(comparison.left.view?.runId, comparison.left.run?.runId);
  });

  test('a comparison comes back after a reload of the window, and closing it ends it', async () => {
    const { explorations, comparisons } = await extension();
    await open(`${ENGLISH}\t${CHINESE}`);
    await command('exploreLine');
    const { id = '', controller } = explorations.active ?? {};
    const state = controller?.state;
    assert.ok(state);
    explorations.close(id);
    const restored = vscode.window.createWebviewPanel(COMPARISON_TYPE, 'restored', vscode.ViewColumn.Two);
    const page = { left: { id, state }, right: { id, state: { ...state, head: 1, layer: 0 } } };
    await restoreComparisons(comparisons).deserializeWebviewPanel(restored, page);
    const [comparison] = comparisons.all;
    assert.deepEqual(comparison?.left.state, state);
    assert.equal(comparison?.right.state?.head, 1);
    assert.equal(comparison?.right.run?.target, CHINESE);
    restored.dispose();
    assert.equal(comparisons.all.length, 0);
  });

  test('what the model would have said stands beside the target, each with its own attention', async () => {
    const { explorations, comparisons } = await extension();
    await open(`${ENGLISH}\t我喜欢冰。`);
    await command('exploreLine');
    await command('compareWithModel');
    const [comparison] = comparisons.all;
    assert.equal(comparison?.left.run?.target, '我喜欢冰。');
    assert.equal(comparison?.right.run?.generated, true);
    assert.notEqual(comparison?.right.run?.target, '我喜欢冰。');
    assert.equal(comparison?.right.run?.scores?.length, comparison?.right.run?.targetTokens.length);
    assert.ok((comparison?.right.run?.logProbability ?? -99) > (comparison?.left.run?.logProbability ?? 0));
    assert.equal(explorations.active?.controller.run?.target, '我喜欢冰。', 'the exploration itself is left alone');
  });

  test('a page that remembers nonsense is an empty comparison, not an error', async () => {
    const { comparisons } = await extension();
    const restored = vscode.window.createWebviewPanel(COMPARISON_TYPE, 'restored', vscode.ViewColumn.Two);
    await restoreComparisons(comparisons).deserializeWebviewPanel(restored, { left: 7, right: { id: [] } });
    assert.equal(comparisons.all.length, 1);
    assert.equal(comparisons.all[0]?.left.run, undefined);
    restored.dispose();
  });
});
