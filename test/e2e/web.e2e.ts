import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/host/paths.mjs';
import { outside } from './outside.ts';
import { serveWeb } from './serve-web.ts';
import { Workbench } from './workbench.ts';

const ENGLISH = 'I like eating ice cream.';
/** The model writes for many seconds on it. */
const LONG = `A little girl ${'is eating a big ice cream and '.repeat(40)}she is happy.`;
/** VS Code's own extensions that code-server packs without their browser half. */
const NOT_OURS = /^Activating extension 'vscode\.[\w-]+' failed: Not Found\.$|Failed to load resource.*404/;

const folder = path.join(mkdtempSync(path.join(tmpdir(), 'web-')), 'workspace');
const errors: string[] = [];
let network: Awaited<ReturnType<typeof outside>>;
let workbench: Workbench;

beforeAll(async () => {
  cpSync(path.join(root, 'examples'), folder, { recursive: true });
  cpSync(path.join(root, 'models/en-zh'), path.join(folder, 'my-model'), { recursive: true });
  writeFileSync(path.join(folder, 'long.txt'), LONG);
  network = await outside();
  workbench = await Workbench.open({
    serve: serveWeb,
    folder,
    file: 'pairs.tsv',
    settings: { 'editor.minimap.enabled': false },
    proxy: network.proxy,
    watch(page) {
      page.on('console', (message) => {
        if (message.type() === 'error' && !NOT_OURS.test(message.text())) errors.push(message.text());
      });
      page.on('response', (response) => {
        if (response.status() >= 400 && /\/extension\//.test(response.url())) errors.push(response.url());
      });
      page.on('pageerror', (error) => errors.push(error.message));
    },
  });
});

afterEach(({ task }) => workbench?.picture(`web-${task.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}`));

afterAll(async () => {
  await workbench?.close();
  network?.close();
  rmSync(path.dirname(folder), { recursive: true, force: true });
});

async function exploreLine(line: string): Promise<void> {
  await workbench.clickText(line);
  await workbench.command('Attention: Explore Line Under Cursor');
}

/** Replaces all that the person has set, as in settings.json. */
async function set(settings: Record<string, unknown>): Promise<void> {
  const { page } = workbench;
  await workbench.command('Preferences: Open User Settings (JSON)');
  const group = page.locator('.editor-group-container.active');
  const tab = group.locator('.tab.active[data-resource-name="settings.json"]');
  await tab.waitFor();
  // The editor opens before it has the keyboard, and what is pressed until then goes to the panel.
  await group.locator('.editor-instance .view-line').first().click();
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
  // Pasted, as brackets and quotes that are typed are closed by the editor.
  const text = JSON.stringify(settings);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+v');
  await workbench.line(text).waitFor();
  await page.keyboard.press('Control+s');
  await workbench.openFromExplorer('pairs.tsv');
}

/** A setting that was just saved may come a moment later than the run: then it is run again, as a person would. */
async function shownOrAgain(what: Locator): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    if (
      await what.waitFor({ timeout: 10_000 }).then(
        () => true,
        () => false,
      )
    )
      return;
    await workbench.command('Attention: Run Again');
  }
  await what.waitFor({ timeout: 10_000 });
}

describe('VS Code for the Web', () => {
  it('explores a pair of a virtual workspace with the bundled model', async () => {
    await exploreLine(ENGLISH);
    await workbench.cell('冰淇淋', 'ice').waitFor();
    expect((await workbench.weight('冰淇淋', 'ice')) + (await workbench.weight('冰淇淋', 'cream'))).toBeGreaterThan(
      0.9,
    );
    expect(await workbench.weight('我', 'I')).toBeGreaterThan(0.9);
    const cells = workbench.panel.getByRole('gridcell');
    const fills = await cells.evaluateAll((all) => all.map((cell) => getComputedStyle(cell).backgroundColor));
    expect(new Set(fills).size).toBeGreaterThan(5);
  });

  it('a hover reads the weights', async () => {
    const hover = await workbench.hover('冰淇淋', ENGLISH, 'attends to');
    const [, shown] = /cream\s+([\d.]+)/.exec(await hover.innerText()) ?? [];
    expect(Math.abs(Number(shown) - (await workbench.weight('冰淇淋', 'cream')))).toBeLessThan(0.006);
    await workbench.picture('web-hover');
    await workbench.page.keyboard.press('Escape');
  });

  it('a long run is cancelled though no memory is shared, and the next one does not wait for it', async () => {
    const cancel = workbench.panel.getByRole('button', { name: 'Cancel' });
    await workbench.openFromExplorer('long.txt');
    await exploreLine('A little girl is eating');
    await cancel.click();
    await cancel.waitFor({ state: 'hidden' });
    await workbench.openFromExplorer('pairs.tsv');
    await exploreLine('The bank is closed today.');
    await workbench.cell('银行', 'bank').waitFor();
  });

  it('a model folder of the workspace is read through its file system', async () => {
    await set({ 'attentionExplorer.modelFolder': 'my-model' });
    await exploreLine(ENGLISH);
    await shownOrAgain(workbench.panel.getByRole('combobox', { name: 'Direction, model my-model' }));
    await workbench.cell('冰淇淋', 'ice').waitFor();
  });

  it('nothing of this made an error', () => expect(errors).toEqual([]));

  it('a model at an address is refused, and no other host was ever asked for anything', async () => {
    await set({ 'attentionExplorer.modelFolder': 'https://example.org/model' });
    await exploreLine(ENGLISH);
    await shownOrAgain(workbench.panel.locator('.banner.failed', { hasText: 'models are not read over the network' }));
    expect(network.asked).toEqual([]);
  });
});
