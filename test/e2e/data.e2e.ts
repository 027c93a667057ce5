import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Workbench } from './workbench.ts';

const LINES = 5000;

describe('pairs in data files, in the real workbench', () => {
  let workbench: Workbench;
  const folder = mkdtempSync(path.join(tmpdir(), 'attention-data-e2e-'));

  beforeAll(async () => {
    const record = '{"translation": {"en": "I don\\u2019t like cold tea.", "zh": "我不喜欢凉茶。"}}\n';
    writeFileSync(path.join(folder, 'records.jsonl'), record);
    const rows = Array.from({ length: LINES }, (_, i) => `Sentence number ${i + 1}.\t第${i + 1}句。\n`);
    writeFileSync(path.join(folder, 'long.tsv'), rows.join(''));
    writeFileSync(path.join(folder, 'broken.jsonl'), '{"src": "some text", "tgt": \n');
    workbench = await Workbench.open({ folder });
  });

  afterEach(({ task }) => workbench?.picture(task.name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)));

  afterAll(async () => {
    await workbench?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const lenses = () =>
    workbench.page.locator('.editor-instance .codelens-decoration a', { hasText: 'Explore attention' });
  /** The lens of a line of the long file, known by what it says when the pointer rests on it. */
  const lensOf = (line: number) => workbench.page.locator(`.codelens-decoration a[title^="Sentence number ${line}."]`);

  it('a click on the lens explores the pair, decoded, and marks it where it is written', async () => {
    await workbench.openFromExplorer('records.jsonl');
    await lenses().first().click();
    await workbench.panel.getByText('don’t', { exact: true }).first().waitFor();
    // The word as the file writes it is hovered as the word that it means.
    const hover = await workbench.hover('u2019', 'I don', 'attended');
    expect(await hover.textContent()).toContain('don’t');
  });

  it('lenses come with the lines that are scrolled to, and only with those', async () => {
    const { page } = workbench;
    await workbench.openFromExplorer('long.tsv');
    await lenses().first().waitFor();
    await workbench.clickText('number', 'Sentence number 1.');
    await page.keyboard.press('Control+End');
    await workbench.line(`Sentence number ${LINES}.`).waitFor();
    const seen = page.locator('.codelens-decoration a[title^="Sentence number 49"]:visible').last();
    await seen.waitFor();
    expect(await lensOf(1).count()).toBe(0);
    // Which lines are in view changes as the lenses above them come: the same one is read and clicked, or another tried.
    const said = await vi.waitFor(
      async () => {
        const lens = await seen.elementHandle({ timeout: 5000 });
        const title = await lens?.getAttribute('title');
        await lens?.click({ timeout: 5000 });
        return title;
      },
      { timeout: 60_000 },
    );
    const [number = ''] = /\d+/.exec(said ?? '') ?? [];
    await workbench.panel.getByText(number).first().waitFor();
  });

  it('a broken file has no lens, and nothing is said about it', async () => {
    await workbench.openFromExplorer('broken.jsonl');
    await workbench.line('some text').waitFor();
    // A lens comes to a file beside it only after the broken one was read.
    await workbench.openFromExplorer('records.jsonl');
    await lenses().first().waitFor();
    await workbench.openFromExplorer('broken.jsonl');
    await workbench.line('some text').waitFor();
    expect(await lenses().count()).toBe(0);
    expect(await workbench.page.locator('.notification-toast').count()).toBe(0);
  });
});
