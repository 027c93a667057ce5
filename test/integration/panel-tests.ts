import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type Harness, next } from './harness.ts';
import { command, extension, open, selectAll } from './workbench.ts';

const TWELVE = 'The little boy wants to read a good book in the garden';
const TRANSLATION = '这个小男孩想在花园里读一本好书';

export function panelTests(harness: Harness): void {
  harness.test('explore to painted: median of 20 on a 12-word pair, the model warm', async () => {
    const { panel } = await extension();
    selectAll(await open(`${TWELVE}\t${TRANSLATION}`));
    const times: number[] = [];
    for (let i = 0; i < 21; i++) {
      const started = performance.now();
      const painted = next(panel.onDidReceive, ({ type }) => type === 'painted');
      await command('exploreSelectedPair');
      await painted;
      times.push(performance.now() - started);
    }
    const sorted = times.slice(1).sort((a, b) => a - b);
    harness.note(
      `explore → painted: median ${((sorted[9] + sorted[10]) / 2).toFixed(0)} ms of 20 (first, cold: ${times[0].toFixed(0)} ms)`,
    );
    assert.ok(sorted[10] < 5000);
  });

  harness.test('a panel that was hidden, or moved to another group, shows the same again', async () => {
    const { panel, controller } = await extension();
    const editor = await open(`${TWELVE}\t${TRANSLATION}`);
    selectAll(editor);
    const first = next(panel.onDidReceive, ({ type }) => type === 'painted');
    await command('exploreSelectedPair');
    await first;
    await command('goToCombine');
    const { runId } = controller.run ?? {};
    await open('in front of it', vscode.ViewColumn.Two);
    const again = next(panel.onDidReceive, ({ type }) => type === 'painted');
    await command('showPanel');
    const message = await again;
    assert.equal(message.type === 'painted' && message.runId, runId);
    assert.equal(controller.state?.phase, 'combine');
  });

  harness.test('a panel closed in the middle of a run ends the run, and comes back', async () => {
    const { panel, controller } = await extension();
    selectAll(await open(`${TWELVE}\t${TRANSLATION}`));
    const run = command('exploreSelectedPair');
    const closed = next(panel.onDidClose);
    await vscode.commands.executeCommand('workbench.action.closeEditorsInOtherGroups');
    await closed;
    await run;
    assert.equal(panel.open, false);
    assert.notEqual(controller.panelState.status, 'running');
    const painted = next(panel.onDidReceive, ({ type }) => type === 'painted');
    await command('exploreSelectedPair');
    await painted;
    assert.ok(panel.open);
  });
}
