import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/host/paths.mjs';
import { Workbench } from './workbench.ts';

const ENGLISH = 'I like eating ice cream.';
const CHINESE = '我喜欢吃冰淇淋。';
const GIRL = 'A little girl is eating a big ice cream.';
const BANK = 'The bank is closed today.';

// A copy: VS Code in a browser saves what is typed.
const folder = mkdtempSync(path.join(tmpdir(), 'examples-'));
let workbench: Workbench;

beforeAll(async () => {
  cpSync(path.join(root, 'examples'), folder, { recursive: true });
  workbench = await Workbench.open({ folder, settings: { 'editor.minimap.enabled': false } });
});

afterEach(({ task }) => workbench?.picture(task.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)));

afterAll(async () => {
  await workbench?.close();
  rmSync(folder, { recursive: true, force: true });
});

const chip = (text: string) => workbench.panel.getByRole('option', { name: text, exact: true });
const tab = (name: string) => workbench.panel.getByRole('tab', { name });
const chosen = (name: string) => workbench.panel.locator(`[role=tab][aria-selected=true]`, { hasText: name }).waitFor();
const grid = (name: string) => workbench.panel.getByRole('grid', { name }).getByRole('gridcell').first().waitFor();

async function exploreLine(line: string): Promise<void> {
  await workbench.clickText(line);
  await workbench.command('Attention: Explore Line Under Cursor');
}

/** Fills of the cells, as painted. */
const fills = (cells: Locator) =>
  cells.evaluateAll((all) => new Set(all.map((cell) => getComputedStyle(cell).backgroundColor)).size);

describe('exploring, as a person does', () => {
  it('a pair on a line: 冰淇淋 attends to ice cream', async () => {
    await workbench.openFromExplorer('pairs.tsv');
    await exploreLine(ENGLISH);
    await workbench.cell('冰淇淋', 'ice').waitFor();
    const ice = await workbench.weight('冰淇淋', 'ice');
    const cream = await workbench.weight('冰淇淋', 'cream');
    expect(ice + cream).toBeGreaterThan(0.5);
    expect(ice + cream).toBeGreaterThan(await workbench.weight('冰淇淋', 'like'));
    expect(await fills(workbench.panel.getByRole('gridcell'))).toBeGreaterThan(10);
  });

  it('steps by keyboard through query, match, combine', async () => {
    const { page } = workbench;
    await workbench.clickText(CHINESE, ENGLISH);
    const step = async (key: string) => {
      await page.keyboard.press('Alt+x');
      await page.keyboard.press(key);
    };
    await step('1');
    await chosen('Query');
    await grid('Scores');
    await step('ArrowRight');
    await chosen('Match');
    await grid('Weights');
    await step('ArrowRight');
    await chosen('Combine');
    await grid('Contributions');
    await step('ArrowLeft');
    await chosen('Match');
    await step('3');
    await chosen('Combine');
  });

  it('steps by clicks and keys in the stepper', async () => {
    await tab('Query').click();
    await chosen('Query');
    await tab('Match').click();
    await chosen('Match');
    await workbench.page.keyboard.press('ArrowRight');
    await chosen('Combine');
    await workbench.panel.getByRole('button', { name: 'Previous phase' }).click();
    await chosen('Match');
    await chip('冰淇淋').click();
    await workbench.panel.locator('[role=option][aria-selected=true]', { hasText: '冰淇淋' }).waitFor();
  });

  it('another layer, head and kind from the toolbar', async () => {
    const { panel } = workbench;
    await tab('Query').click();
    const before = await workbench.weight('冰淇淋', 'ice');
    await panel.getByRole('combobox', { name: 'Layer', exact: true }).selectOption('1');
    await panel.getByRole('combobox', { name: 'Head', exact: true }).selectOption('2');
    await panel.locator('ax-heatmap .cap', { hasText: /L1 · H2/ }).waitFor();
    expect(await workbench.weight('冰淇淋', 'ice')).not.toBe(before);
    await panel.getByRole('radio', { name: 'Encoder self' }).click();
    await workbench.cell('ice', 'cream').waitFor();
    await panel.getByRole('radio', { name: 'Cross' }).click();
    await workbench.cell('冰淇淋', 'ice').waitFor();
  });

  it('a hover reads the weights, and its link steps through the token', async () => {
    await tab('Combine').click();
    await chosen('Combine');
    await chip('我').click();
    const hover = await workbench.hover('冰淇淋', ENGLISH, 'attends to');
    const text = await hover.innerText();
    expect(text).toMatch(/冰淇淋 attends to/);
    for (const word of ['ice', 'cream']) {
      const [, shown] = new RegExp(`${word}\\s+([\\d.]+)`).exec(text) ?? [];
      expect(Math.abs(Number(shown) - (await workbench.weight('冰淇淋', word)))).toBeLessThan(0.006);
    }
    await workbench.picture('hover');
    await hover.getByText('Step through this token').click();
    await chosen('Query');
    await workbench.panel.locator('[role=option][aria-selected=true]', { hasText: '冰淇淋' }).waitFor();
  });

  it('the context menu holds the commands', async () => {
    const { page } = workbench;
    await workbench.selectText(BANK, BANK);
    const { middle, y } = await workbench.placeOf(BANK);
    await page.mouse.click(middle, y, { button: 'right' });
    const item = (name: string) => page.locator('.monaco-menu .action-label', { hasText: name });
    await item('Attention').hover();
    for (const name of ['Explore Selected Pair', 'Explore Line Under Cursor', 'Set Selection as Source', 'Show Panel'])
      await item(name).waitFor();
    await workbench.picture('context-menu');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await item('Attention').waitFor({ state: 'hidden' });
  });

  it('two parts selected with the pointer and explored by key', async () => {
    // The first selection made is the source: the words of the second ask.
    await workbench.selectText('银行今天不开门。', BANK);
    await workbench.selectText(BANK, BANK, true);
    await workbench.page.keyboard.press('Alt+x');
    await workbench.page.keyboard.press('e');
    await workbench.cell('bank', '银行').waitFor();
    expect(await workbench.weight('bank', '银行')).toBeGreaterThan(0.3);
  });

  it('an edit: the panel says so, and runs again', async () => {
    const { panel, page } = workbench;
    await exploreLine(ENGLISH);
    await workbench.cell('冰淇淋', 'ice').waitFor();
    const { left, y } = await workbench.placeOf('eating', ENGLISH);
    await page.mouse.click(left, y);
    await page.keyboard.type('really ');
    const banner = panel.locator('.banner.stale', { hasText: 'The text has changed' });
    await banner.waitFor();
    await workbench.picture('stale');
    await banner.getByRole('button', { name: 'Run again' }).click();
    await workbench.cell('冰淇淋', 'really').waitFor();
    await banner.waitFor({ state: 'hidden' });
  });

  it('a source alone: the model writes the target', async () => {
    const { panel } = workbench;
    await workbench.clickText(BANK); // into the group of the texts: files open where the focus is
    await workbench.openFromExplorer('source-only.txt');
    await exploreLine(GIRL);
    await panel.locator('ax-pair [data-side=source] .chip', { hasText: /^girl$/ }).waitFor();
    const written = await panel.getByRole('listbox', { name: 'Query, Target' }).innerText();
    expect(written).toMatch(/冰淇淋|冰激凌/);
    expect(written).toMatch(/吃/);
  });

  it('nothing selected: a message with one way out, and the exploration stays', async () => {
    const { page, panel } = workbench;
    await workbench.clickText(GIRL);
    await workbench.command('Attention: Explore Selected Pair');
    await panel.locator('.banner.failed', { hasText: 'Nothing is selected.' }).waitFor();
    await workbench.command('Notifications: Show Notifications');
    const message = page.locator('.notifications-center .notification-list-item', { hasText: 'Nothing is selected.' });
    await message.getByRole('button', { name: 'Open Example' }).waitFor();
    await panel.locator('ax-pair [data-side=source] .chip', { hasText: /^girl$/ }).waitFor();
  });
});
