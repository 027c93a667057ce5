import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mergeBundle } from '../../scripts/l10n/merge-bundle.mjs';
import { foreignWords, squeezed } from './gallery/language.ts';
import { launchChromium } from './gallery/launch-chromium.ts';
import { openAtlas } from './gallery/tiled-heatmap-session.ts';

const LARGE = { rows: 16384, cols: 16384 };

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

/** Fingers on the screen, by the browser's own input. */
async function fingers(page: Page) {
  const touch = await page.context().newCDPSession(page);
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  return async (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: readonly (readonly [number, number])[]) => {
    await touch.send('Input.dispatchTouchEvent', { type, touchPoints: at.map(([x, y], id) => ({ x, y, id })) });
  };
}

/** The cell under a point of the page, with fractions. */
const cellUnder = (page: Page, x: number, y: number) =>
  page.evaluate(
    ([left, top]) => {
      const { axes, room, zoom } = window.atlas.held!;
      const box = document.querySelector('.atlas-view')!.getBoundingClientRect();
      const row = axes.rows.from + (top! - box.top - room.headHeight) / axes.rows.scale;
      const col = axes.cols.from + (left! - box.left - room.labelWidth) / axes.cols.scale;
      return { row, col, zoom, scale: axes.cols.scale };
    },
    [x, y],
  );

describe('the atlas under fingers', () => {
  test('two fingers that go apart zoom about their middle, and choose nothing as they leave', async () => {
    const { page } = await openAtlas(browser, { width: 700 });
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    const put = await fingers(page);
    const box = (await page.locator('.atlas-view').boundingBox())!;
    const [x, y] = [box.x + box.width * 0.6, box.y + box.height * 0.6];
    const before = await cellUnder(page, x, y);
    await put('touchStart', [x - 20, y], [x + 20, y]);
    for (let far = 30; far <= 120; far += 10) await put('touchMove', [x - far, y], [x + far, y]);
    await put('touchEnd', [x - 120, y]);
    await put('touchEnd');
    const after = await cellUnder(page, x, y);
    expect(after.scale / before.scale).toBeGreaterThan(4);
    // A pixel of the whole matrix is some thirty cells.
    expect(Math.abs(after.row - before.row)).toBeLessThan(3 / before.scale);
    expect(Math.abs(after.col - before.col)).toBeLessThan(3 / before.scale);
    expect(await page.evaluate(() => window.actions)).toEqual([]);
    await page.close();
  });

  test('one finger moves it when it is zoomed in; while all of it is in sight, the page scrolls under it', async () => {
    const { page } = await openAtlas(browser, { width: 700 });
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    const scrolls = () => page.locator('.atlas-view').evaluate((view) => getComputedStyle(view).touchAction);
    expect(await scrolls()).toBe('pan-y');
    await page.getByRole('button', { name: 'Zoom in' }).click();
    await page.getByRole('button', { name: 'Zoom in' }).click();
    expect(await scrolls()).toBe('none');
    const put = await fingers(page);
    const box = (await page.locator('.atlas-view').boundingBox())!;
    const [x, y] = [box.x + box.width * 0.6, box.y + box.height * 0.6];
    const before = await cellUnder(page, x, y);
    await put('touchStart', [x, y]);
    for (let by = 10; by <= 60; by += 10) await put('touchMove', [x - by, y - by]);
    await put('touchEnd');
    const after = await cellUnder(page, x - 60, y - 60);
    expect(Math.abs(after.col - before.col) * before.scale).toBeLessThan(8);
    await page.close();
  });
});

test.each([400, 1200])('in Chinese at %i px no word is left in English, and each fits', async (width) => {
  const { page, problems } = await openAtlas(browser, { width });
  await page.evaluate((strings) => window.setWords('zh-cn', strings), mergeBundle('zh-cn'));
  await page.evaluate((size) => window.showAtlas(size), LARGE);
  await page.waitForSelector('ax-atlas table');
  await page.evaluate(() => window.atlas.focusCell());
  await page.keyboard.press('ArrowDown');
  const known = await page.evaluate(() => [
    'Atlas',
    'Heatmap',
    ...new Set(window.atlas.view!.rows.map(({ text }) => text)),
    // Names of keys.
    ...['Page Up', 'Page Down', 'Home', 'End', 'Enter', 'Escape'],
  ]);
  expect(await foreignWords(page, known)).toEqual([]);
  expect(await squeezed(page)).toEqual([]);
  for (let i = 0; i < 30; i++) await page.keyboard.press('+');
  await page.waitForFunction(() => document.querySelector('ax-atlas [role=status]')?.textContent?.includes('→'));
  expect(await foreignWords(page, known)).toEqual([]);
  expect(problems).toEqual([]);
  await page.close();
});
