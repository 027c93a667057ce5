import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wholeViewOf } from '../unit/insight/whole-view.ts';
import { launchChromium } from './gallery/launch-chromium.ts';
import { PanelSession } from './gallery/panel-session.ts';

let browser: Browser;
let session: PanelSession;

beforeAll(async () => {
  browser = await launchChromium();
  session = await PanelSession.open(browser, { width: 700 });
});

afterAll(() => browser?.close());

async function lines(source: string, target: string): Promise<void> {
  await session.explore(source, target);
  await session.act({ type: 'setPicture', picture: 'lines' });
}

const token = (side: 'row' | 'col', index: number) =>
  session.page.locator(`.token[data-side=${side}][data-index="${index}"]`);
/** What stands beside the tokens of a column, 0 where nothing does. */
const numbers = (side: 'row' | 'col') =>
  session.page.$$eval(`.token[data-side=${side}] .num`, (all) => all.map((one) => Number(one.textContent || 0)));
/** Pixels of lines beside each token, at the queries' end (0) or the keys' (1). */
const inkAt = (end: 0 | 1) =>
  session.page.$eval(
    'ax-lines canvas',
    (canvas, at) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(at * (width - 1), 0, 1, height);
      const count = (side: string) => document.querySelectorAll(`.of-${side} .token`).length;
      const rows = Math.max(count('rows'), count('cols'));
      const of = Array.from({ length: rows }, () => 0);
      for (let y = 0; y < height; y++) of[Math.floor((y * rows) / height)]! += data[y * 4 + 3]! > 24 ? 1 : 0;
      return of;
    },
    end,
  );

describe('lines between two columns of tokens', () => {
  test('pointing at a token leaves its lines alone and says its numbers; a click makes it the query', async () => {
    await lines('My father works in a big hospital.', '我父亲在一家大医院工作。');
    const { page } = session;
    const view = await wholeViewOf(session.run, session.view);
    const cols = view.cols.length;
    await page.mouse.move(0, 0);
    expect((await inkAt(0)).filter((ink) => ink > 0).length).toBeGreaterThan(6);
    await token('row', 5).hover();
    expect((await inkAt(0)).flatMap((ink, row) => (ink > 0 ? [row] : []))).toEqual([5]);
    (await numbers('col')).forEach((number, col) => {
      const weight = view.weights[5 * cols + col]!;
      if (weight >= 0.011) expect(number).toBeCloseTo(weight, 2);
      if (weight < 0.009) expect(number).toBe(0);
    });
    expect(await page.locator('.of-cols .token.hov').count()).toBeGreaterThan(0);
    await token('col', 7).hover();
    expect((await inkAt(1)).flatMap((ink, col) => (ink > 0 ? [col] : []))).toEqual([7]);
    expect((await numbers('row'))[5]).toBeCloseTo(view.weights[5 * cols + 7]!, 2);
    const from = session.received.length;
    await token('row', 3).click();
    expect(await session.waitFor((message) => message.type === 'act', from)).toEqual({
      type: 'act',
      action: { type: 'setQuery', query: view.rows[3]!.from },
    });
    await session.waitFor((message) => message.type === 'painted', from);
    expect(await page.locator('.of-rows .token[aria-selected=true]').getAttribute('data-index')).toBe('3');
    const table = await page.$$eval('#heatmap table tbody td', (all) => all.map((one) => Number(one.textContent)));
    expect(table.length).toBe(view.rows.length * cols);
    for (const [i, number] of table.entries()) expect(number).toBeCloseTo(view.weights[i]!, 3);
  });

  test('an alignment’s lines stay at the highest threshold', async () => {
    const { page } = session;
    await session.act({ type: 'setAlignment', alignment: 'argmax' });
    const { alignment } = await wholeViewOf(session.run, session.view);
    await page.locator('.threshold input').focus();
    await page.keyboard.press('End');
    await page.mouse.move(0, 0);
    const rows = (await inkAt(0)).flatMap((ink, row) => (ink > 0 ? [row] : []));
    for (const { row } of alignment) expect(rows).toContain(row);
    await page.getByRole('button', { name: 'Automatic' }).click();
    await session.act({ type: 'setAlignment', alignment: 'off' });
  });

  test('a short column stays in sight, and its lines with it, while a long one is scrolled', async () => {
    await lines('the old man walks to the big house near the river . '.repeat(6).trim(), '老人走向房子。');
    const { page } = session;
    const scroll = page.locator('.lines-scroll');
    await scroll.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    const frame = (await scroll.boundingBox())!;
    for (const box of [(await token('row', 0).boundingBox())!, (await page.locator('ax-lines canvas').boundingBox())!])
      expect(Math.abs(box.y - frame.y)).toBeLessThan(2);
    expect((await token('col', 0).boundingBox())!.y).toBeLessThan(frame.y - 100);
  });

  test.each([
    ['one token each', 'Yes', '是'],
    ['right-to-left', 'אני אוהב גלידה', 'أنا أحب البوظة'],
    ['a very long token', `${'Donaudampfschifffahrt'.repeat(8)} sinks`, '沉没'],
  ])('%s: stays inside the window, and between the columns there is room for lines', async (_name, source, target) => {
    const { page } = session;
    for (const width of [400, 1200]) {
      await page.setViewportSize({ width, height: 1400 });
      await lines(source, target);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const canvas = (await page.locator('ax-lines canvas').boundingBox())!;
      expect(canvas.width).toBeGreaterThan(100);
      for (const side of ['row', 'col'] as const) {
        const box = (await token(side, 0).boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(side === 'row' ? box.x + box.width : canvas.x + canvas.width).toBeLessThanOrEqual(
          side === 'row' ? canvas.x + 1 : box.x + 1,
        );
      }
    }
    expect(session.problems).toEqual([]);
  });
});
