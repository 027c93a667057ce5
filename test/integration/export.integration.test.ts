import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'mocha';
import * as vscode from 'vscode';
import { escapeHtml } from '../../src/base/text.ts';
import { matrixCsv } from '../../src/export/matrix-tables.ts';
import { isWhole } from '../../src/insight/axes.ts';
import { readSafetensors } from '../../src/model/checkpoint/safetensors.ts';
import { next } from './wait.ts';
import { active, CHINESE, command, ENGLISH, note, open, selectAll } from './workbench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'attention-export-'));
const file = (name: string) => vscode.Uri.file(path.join(folder, name));

/** A pair explored and painted. */
async function explored() {
  const { controller, panel } = await active();
  selectAll(await open(`${ENGLISH}\t${CHINESE}`));
  const runId = await command('exploreSelectedPair');
  assert.ok(runId, 'nothing was explored');
  const { panel: shown } = await active();
  if (shown.paintedRun !== runId) await next(shown.onDidReceive, ({ type }) => type === 'painted');
  return { controller, panel };
}

/** Exports and reads what was written. */
async function exported(target: string, name: string, options: object = {}): Promise<Buffer> {
  const uri = (await command('export', target, { to: file(name), colors: 'seen', ...options })) as
    | vscode.Uri
    | undefined;
  assert.equal(uri?.fsPath, file(name).fsPath, `${target} was not exported`);
  return readFileSync(file(name).fsPath);
}

/** Width and height that a PNG says it has. */
function sizeOf(png: Buffer): [number, number] {
  assert.equal(png.subarray(1, 4).toString(), 'PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

suite('export', () => {
  test('export writes what the panel shows, in every format', async () => {
    const { controller } = await explored();
    await command('goToCombine');
    const { view, run } = controller;
    assert.ok(view && isWhole(view) && run && view.of === 'contribution');

    assert.equal((await exported('csv', 'a.csv')).toString(), matrixCsv(view));
    const json = JSON.parse((await exported('json', 'a.attention.json')).toString());
    assert.deepEqual(json.values.flat().map(Math.fround), [...view.map.values]);
    assert.equal(json.source, ENGLISH);
    const tensors = readSafetensors(await exported('safetensors', 'a.safetensors'), 'a.safetensors');
    const { encoderLayers, decoderLayers } = run.model;
    assert.equal(tensors.size, 2 + encoderLayers + 2 * decoderLayers + 3);
    assert.deepEqual(tensors.get('cross_attentions.0')?.shape, [
      1,
      run.model.decoderHeads,
      run.targetTokens.length,
      run.sourceTokens.length,
    ]);
    assert.equal((await exported('npz', 'a.npz')).readUInt32LE(0), 0x04034b50);
    assert.match((await exported('pharaoh', 'a.txt')).toString(), /^\d+-\d+( \d+-\d+)*\n$/);

    const svg = (await exported('svg', 'a.svg')).toString();
    for (const { text } of [...view.rows, ...view.cols]) assert.ok(svg.includes(`>${escapeHtml(text)}<`), text);
    assert.ok(!/var\(|<style|href|foreignObject/.test(svg));
    const [, width, height] = /width="(\d+)" height="(\d+)" viewBox/.exec(svg) ?? [];
    for (const scale of [1, 2, 4]) {
      const size = sizeOf(await exported('png', `a@${scale}.png`, { scale }));
      assert.deepEqual(size, [scale * Number(width), scale * Number(height)]);
    }
    const print = (await exported('svg', 'print.svg', { colors: 'print' })).toString();
    assert.ok(print.includes('fill="#ffffff"'));

    const html = (await exported('html', 'a.html')).toString();
    assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-/);
    assert.match(html, /--vscode-editor-background:#/);
    assert.ok(html.includes(ENGLISH));
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith('.part')),
      [],
    );
  });

  test('export of a picture whose panel is hidden: it is shown, and drawn as it is', async () => {
    const { panel } = await explored();
    await open('in front of it', vscode.ViewColumn.Two);
    assert.equal(panel.visible, false);
    const png = await exported('png', 'hidden.png', { scale: 1 });
    assert.ok(sizeOf(png)[0] > 300);
    assert.equal(panel.visible, true);
  });

  test('an export that cannot be written leaves everything as it was', async () => {
    await explored();
    writeFileSync(path.join(folder, 'file'), 'a file');
    mkdirSync(path.join(folder, 'taken.csv'), { recursive: true });
    writeFileSync(path.join(folder, 'taken.csv', 'inside'), 'kept');
    const before = readdirSync(folder);
    assert.equal(await command('export', 'csv', { to: file('file/below.csv'), colors: 'seen' }), undefined);
    assert.equal(await command('export', 'csv', { to: file('taken.csv'), colors: 'seen' }), undefined);
    assert.deepEqual(readdirSync(folder), before);
    assert.ok(existsSync(path.join(folder, 'taken.csv', 'inside')));
    assert.equal(readFileSync(path.join(folder, 'file'), 'utf8'), 'a file');
  });

  test('export replaces a file that is there as a whole', async () => {
    await explored();
    writeFileSync(path.join(folder, 'old.csv'), 'x'.repeat(1_000_000));
    const { view } = (await active()).controller;
    assert.ok(view && isWhole(view));
    assert.equal((await exported('csv', 'old.csv')).toString(), matrixCsv(view));
  });

  test('export to the clipboard: the table, and the weights', async () => {
    const { controller } = await explored();
    const { view } = controller;
    assert.ok(view && isWhole(view));
    await command('copyAsMarkdownTable');
    const table = await vscode.env.clipboard.readText();
    assert.equal(table.trimEnd().split('\n').length, view.rows.length + 2);
    assert.ok(table.includes(view.map.values[0].toFixed(3)));
    await command('copyWeights');
    const lines = (await vscode.env.clipboard.readText()).trimEnd().split('\n');
    const cells = lines.slice(1).flatMap((line) =>
      line
        .split('\t')
        .slice(1)
        .map((cell) => Math.fround(Number(cell))),
    );
    assert.deepEqual(cells, [...view.map.weights]);
  });

  test('export of a picture to the clipboard: it is there, or the person hears why not', async () => {
    const { panel } = await explored();
    const answer = next(panel.onDidReceive, ({ type }) => type === 'drawn');
    await command('copyAsImage');
    const message = await answer;
    assert.ok(message.type === 'drawn');
    note(`copyAsImage: ${JSON.stringify(message.result)}`);
    assert.ok(
      message.result.as === 'clipboard' || (message.result.as === 'failure' && message.result.failure === 'clipboard'),
    );
  });
});
