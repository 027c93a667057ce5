import assert from 'node:assert/strict';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { isWhole } from '../../src/insight/axes.ts';
import { active, CHINESE, command, ENGLISH, extension, note, open, select, selectAll } from './workbench.ts';

suite('pairs', () => {
  for (const [name, text] of [
    ['a tab', `${ENGLISH}\t${CHINESE}`],
    ['three bars', `${ENGLISH} ||| ${CHINESE}`],
    ['a line break', `${ENGLISH}\n${CHINESE}`],
    ['a Windows line break', `${ENGLISH}\r\n${CHINESE}`],
  ]) {
    test(`one selection with ${name} is a pair`, async () => {
      const { controller } = await active();
      const editor = await open(text);
      selectAll(editor);
      const runId = await command('exploreSelectedPair');
      const { run, pair, view } = controller;
      assert.ok(run && pair?.target && view && isWhole(view));
      assert.equal(run.runId, runId);
      assert.equal(run.source, ENGLISH);
      assert.equal(run.target, CHINESE);
      assert.equal(run.generated, false);
      const { document } = editor;
      const at = (anchor: { readonly start: number; readonly end: number }) =>
        document.getText(new vscode.Range(document.positionAt(anchor.start), document.positionAt(anchor.end)));
      assert.equal(at(pair.source.anchor), ENGLISH);
      assert.equal(at(pair.target.anchor), CHINESE);
      const { rows, cols } = view;
      const { weights } = view.map;
      for (let row = 0; row < rows.length; row++) {
        const sum = weights.slice(row * cols.length, (row + 1) * cols.length).reduce((a, b) => a + b, 0);
        assert.ok(Math.abs(sum - 1) < 1e-4, `row ${row} sums to ${sum}`);
      }
    });
  }

  test('of two selections the first made is the source, wherever it stands', async () => {
    const { controller } = await active();
    const editor = await open(`${CHINESE}\nsomething else\n${ENGLISH}\n`);
    select(editor, ENGLISH, CHINESE);
    await command('exploreSelectedPair');
    assert.equal(controller.run?.source, ENGLISH);
    assert.equal(controller.run?.target, CHINESE);
    select(editor, CHINESE, ENGLISH);
    await command('exploreSelectedPair');
    assert.equal(controller.run?.source, CHINESE);
    assert.equal(controller.run?.target, ENGLISH);
    assert.match(controller.run?.direction ?? '', /eng/);
  });

  test('the line under the cursor is a pair', async () => {
    const { controller } = await active();
    const editor = await open(`first\t第一\n${ENGLISH}\t${CHINESE}\nlast\t最后\n`);
    editor.selection = new vscode.Selection(1, 3, 1, 3);
    await command('exploreLine');
    assert.equal(controller.run?.source, ENGLISH);
    assert.equal(controller.run?.target, CHINESE);
  });

  test('a source alone: the model writes the target', async () => {
    const { controller } = await active();
    const editor = await open(`Look: ${ENGLISH}`);
    select(editor, ENGLISH);
    await command('exploreSelectedPair');
    assert.equal(controller.run?.source, ENGLISH);
    assert.equal(controller.run?.generated, true);
    assert.match(controller.run?.target ?? '', /\p{Script=Han}/u);
    note(`the model wrote: ${controller.run?.target}`);
  });

  test('source and target set in two files of two groups, then swapped', async () => {
    const { set } = await extension();
    const { controller } = await active();
    const left = await open(`# English\n${ENGLISH}\n`, vscode.ViewColumn.One);
    select(left, ENGLISH);
    await command('setSource');
    const right = await open(`# 中文\n${CHINESE}\n`, vscode.ViewColumn.Two);
    select(right, CHINESE);
    await command('setTarget');
    assert.match(set.describe(), /ice cream.*冰淇淋/);
    // An edit before it, in a file that is not in front, moves what was set.
    await left.edit((edit) => edit.insert(new vscode.Position(0, 0), 'A line more\n'));
    await command('exploreSetPair');
    assert.equal(controller.run?.source, ENGLISH);
    assert.equal(controller.run?.target, CHINESE);
    assert.equal(controller.pair?.source.uri.toString(), left.document.uri.toString());
    assert.equal(controller.pair?.target?.uri.toString(), right.document.uri.toString());
    assert.equal(controller.pair?.source.anchor.start, left.document.getText().indexOf(ENGLISH));
    await command('swap');
    assert.equal(controller.run?.source, CHINESE);
    assert.equal(controller.run?.target, ENGLISH);
  });
});
