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
  await workbench.cell('冰淇淋', 'ice').waitFor({ timeout: 60_000 });
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

const entry = (name: string) => picked().locator('.quick-input-list-entry', { hasText: name }).first();

/** Takes an entry of the quick pick that is open. */
async function pick(name: string): Promise<void> {
  await entry(name).waitFor();
  await workbench.picture(`export-pick-${name}`);
  await entry(name).click();
}

/** Asks for an export from the palette. What takes the focus late, such as an editor that is still opening, closes the question: it is asked anew. */
async function askFor(name: string): Promise<void> {
  const asked = async () => {
    await workbench.command('Attention: Export');
    await entry(name).waitFor({ timeout: 3000 });
  };
  await vi.waitFor(asked, { timeout: 60_000 });
  await pick(name);
}

/** Accepts the name that the save dialog proposes. @returns the file */
async function save(): Promise<string> {
  const input = picked().locator('input');
  await expect.poll(() => input.inputValue(), { timeout: 15_000 }).toMatch(/attention-I-like/);
  const file = await input.inputValue();
  await workbench.picture('export-save');
  await picked().getByText('OK', { exact: true }).click();
  await expect.poll(() => existsSync(file), { timeout: 15_000 }).toBe(true);
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
    await fromMenu('Picture as SVG…');
    await pick('As in the panel');
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
    await askFor('Picture as PNG');
    await pick('2×');
    const file = await save();
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
  });

  it('whoever leaves a question has exported nothing', async () => {
    await askFor('Whole exploration as HTML');
    await pick('Light, for print');
    await expect.poll(() => picked().locator('input').inputValue(), { timeout: 15_000 }).toMatch(/\.html$/);
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
