import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { root } from '../../scripts/host/paths.mjs';
import { Workbench } from './workbench.ts';

const ENGLISH = 'I like eating ice cream.';

const folder = mkdtempSync(path.join(tmpdir(), 'examples-'));
let workbench: Workbench;

beforeAll(async () => {
  cpSync(path.join(root, 'examples'), folder, { recursive: true });
  workbench = await Workbench.open({ folder, settings: { 'editor.minimap.enabled': false } });
  await workbench.openFromExplorer('pairs.tsv');
  await workbench.clickText(ENGLISH);
  await workbench.command('Attention: Explore Line Under Cursor');
  await workbench.cell('冰淇淋', 'ice').waitFor();
});

afterEach(({ task }) => workbench?.picture(`export-${task.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}`));

afterAll(async () => {
  await workbench?.close();
  rmSync(folder, { recursive: true, force: true });
});

const picked = () => workbench.page.locator('.quick-input-widget');

/** Takes an entry of the panel's export menu. */
async function fromMenu(name: string): Promise<void> {
  await workbench.panel.getByRole('button', { name: 'Export' }).click();
  await workbench.picture(`export-menu-${name.slice(0, 14)}`);
  await workbench.panel.getByRole('menuitem', { name }).click();
}

/** Takes an entry of the quick pick that is open. */
async function pick(name: string): Promise<void> {
  const entry = picked().locator('.quick-input-list-entry', { hasText: name }).first();
  await entry.waitFor({ timeout: 5000 });
  await workbench.picture(`export-pick-${name}`);
  await entry.click({ timeout: 5000 });
  await entry.waitFor({ state: 'hidden', timeout: 5000 });
}

/** Asks for an export and answers. What takes the focus late, such as an editor that is still opening, closes a question: then all is asked anew. */
async function answered(ask: () => Promise<void>, ...answers: readonly string[]): Promise<void> {
  const asked = async () => {
    await ask();
    for (const answer of answers) await pick(answer);
  };
  await vi.waitFor(asked, { timeout: 120_000 });
}

const fromPalette = () => workbench.command('Attention: Export');

/** Accepts the name that the save dialog proposes. @returns the file */
async function save(): Promise<string> {
  const input = picked().locator('input');
  await expect.poll(() => input.inputValue(), { timeout: 60_000 }).toMatch(/attention-I-like/);
  const file = await input.inputValue();
  await workbench.picture('export-save');
  await picked().getByText('OK', { exact: true }).click();
  await expect.poll(() => existsSync(file), { timeout: 60_000 }).toBe(true);
  await workbench.page.locator('.statusbar .codicon-bell-dot').waitFor();
  await workbench.command('Notifications: Show Notifications');
  await notice(file).waitFor();
  return file;
}

/** What says that a file is there. */
const notice = (file: string) =>
  workbench.page.locator('.notifications-center .notification-list-item', {
    hasText: `Exported ${path.basename(file)}.`,
  });

describe('out of the window', () => {
  it('a picture from the panel’s menu, into the workspace, and opened from the notice', async () => {
    await answered(() => fromMenu('Picture as SVG…'), 'As in the panel');
    const file = await save();
    expect(path.dirname(file)).toBe(folder);
    expect(path.basename(file)).toMatch(/^attention-I-like-eating-ice-cream-cross-L\d-H\d-weight\.svg$/);
    expect(readFileSync(file, 'utf8')).toContain('冰淇淋');
    await workbench.picture('export-notice');
    await notice(file).getByRole('button', { name: 'Open', exact: true }).click();
    const opened = `.editor-group-container.active .tab.active[data-resource-name="${path.basename(file)}"]`;
    await workbench.page.locator(opened).waitFor();
  });

  it('pixels of twice the size, from the palette', async () => {
    await answered(fromPalette, 'Picture as PNG', '2×');
    const file = await save();
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
  });

  it('whoever leaves a question has exported nothing', async () => {
    await answered(fromPalette, 'Whole exploration as HTML', 'Light, for print');
    await expect.poll(() => picked().locator('input').inputValue(), { timeout: 60_000 }).toMatch(/\.html$/);
    const file = await picked().locator('input').inputValue();
    await workbench.page.keyboard.press('Escape');
    await picked().waitFor({ state: 'hidden' });
    expect(existsSync(file)).toBe(false);
  });

  it('the picture on the clipboard, by the menu and by the palette', async () => {
    const said = workbench.page.locator('.statusbar', { hasText: 'The picture is on the clipboard.' });
    const kinds = () =>
      workbench.page.evaluate(async () => (await navigator.clipboard.read()).flatMap(({ types }) => types));
    await fromMenu('Copy as image');
    await said.waitFor();
    expect(await kinds()).toEqual(['image/png']);
    await workbench.command('Attention: Copy Weights');
    await workbench.page.locator('.statusbar', { hasText: 'weights are on the clipboard.' }).waitFor();
    expect(await kinds()).toContain('text/plain');
    await workbench.command('Attention: Copy as Image');
    await said.waitFor();
    expect(await kinds()).toEqual(['image/png']);
  });
});
