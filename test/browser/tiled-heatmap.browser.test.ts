import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './gallery/launch-chromium.ts';
import { seriousFindings } from './gallery/serious-findings.ts';
import { THEMES } from './gallery/themes.ts';
import { openAtlas } from './gallery/tiled-heatmap-session.ts';

const LARGE = { rows: 16384, cols: 16384 };

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

/** Where a point of the body lies in the page, as parts of it. */
async function bodyPoint(page: Page, along: number, down: number): Promise<readonly [number, number]> {
  const box = (await page.locator('.atlas-view').boundingBox())!;
  const { labelWidth, headHeight, bodyWidth, bodyHeight } = await page.evaluate(() => window.atlas.held!.room);
  return [box.x + labelWidth + bodyWidth * along, box.y + headHeight + bodyHeight * down];
}

/** Turns of the wheel with Ctrl held: positive zooms in. */
async function zoom(page: Page, turns: number): Promise<void> {
  await page.keyboard.down('Control');
  for (let i = 0; i < Math.abs(turns); i++) await page.mouse.wheel(0, turns > 0 ? -100 : 100);
  await page.keyboard.up('Control');
  await frames(page);
}

const frames = (page: Page) => page.evaluate(() => window.rest());

/** Cell under a point of the body, with fractions. */
const cellAt = (page: Page, along: number, down: number) =>
  page.evaluate(
    ([x, y]) => {
      const { axes, room } = window.atlas.held!;
      return {
        row: axes.rows.from + (room.bodyHeight * y!) / axes.rows.scale,
        col: axes.cols.from + (room.bodyWidth * x!) / axes.cols.scale,
        tall: 1 / axes.rows.scale,
        wide: 1 / axes.cols.scale,
      };
    },
    [along, down],
  );

describe('the atlas of a long matrix', () => {
  test('zooming keeps the cell under the pointer where it is, from the whole matrix to single cells', async () => {
    const { page, problems } = await openAtlas(browser);
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    await page.mouse.move(...(await bodyPoint(page, 0.4, 0.6)));
    const before = await cellAt(page, 0.4, 0.6);
    expect(before.tall).toBeGreaterThan(20);
    for (const turns of [2, 3, 16]) {
      await zoom(page, turns);
      const now = await cellAt(page, 0.4, 0.6);
      expect(Math.abs(now.row - before.row)).toBeLessThan(1.5 * before.tall);
      expect(Math.abs(now.col - before.col)).toBeLessThan(1.5 * before.wide);
    }
    const held = await page.evaluate(() => window.atlas.held!);
    expect([held.zoom, held.level, held.axes.rows.scale, held.axes.cols.scale]).toEqual([1, 0, 28, 56]);
    await zoom(page, -20);
    expect(await page.evaluate(() => window.atlas.held!.zoom)).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('asks for what is in sight only, coarse first, at most 64 places, and for nothing twice', async () => {
    const { page } = await openAtlas(browser);
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    await page.mouse.move(...(await bodyPoint(page, 0.5, 0.5)));
    for (let i = 0; i < 12; i++) await zoom(page, 1);
    for (let i = 0; i < 6; i++) {
      await page.mouse.wheel(300, 200);
      await frames(page);
    }
    const { asked, sights } = await page.evaluate(() => ({ asked: window.asked, sights: window.sights }));
    expect(asked[0]![0]).toEqual({ level: 6, row: 0, col: 0 });
    expect(Math.max(...asked.map((places) => places.length))).toBeLessThanOrEqual(64);
    const names = asked.flat().map(({ level, row, col }) => `${level} ${row} ${col}`);
    // Every tile came whole when it was asked for: none of them is asked for again.
    expect(new Set(names).size).toBe(names.length);
    expect(asked.length).toBeGreaterThan(4);
    asked.forEach((places, i) => {
      const { level, axes } = sights[i]!;
      const cells = 256 * 2 ** level;
      for (const place of places.filter((one) => one.level !== 6)) {
        expect(place.level).toBe(level);
        // One tile around what is in sight at most.
        for (const [at, { from, span }] of [
          [place.row, axes.rows],
          [place.col, axes.cols],
        ] as const) {
          expect((at + 2) * cells).toBeGreaterThan(from);
          expect((at - 1) * cells).toBeLessThan(from + span);
        }
      }
    });
    await page.close();
  });

  test('nothing is painted or asked while nothing happens', async () => {
    const { page } = await openAtlas(browser);
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    await page.waitForSelector('ax-atlas table');
    await frames(page);
    const count = await page.evaluate(async () => {
      let drawn = 0;
      const paint = CanvasRenderingContext2D.prototype.fillRect;
      CanvasRenderingContext2D.prototype.fillRect = function (...rest) {
        drawn++;
        return paint.apply(this, rest);
      };
      for (let i = 0; i < 10; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
      const idle = drawn;
      window.atlas.requestUpdate();
      await window.atlas.updateComplete;
      await window.rest();
      return [idle, drawn];
    });
    expect(count[0]).toBe(0);
    expect(count[1]).toBeGreaterThan(0);
    await page.close();
  });

  test('tiles of another matrix are left alone, and what is held stays within its bound', async () => {
    const { page } = await openAtlas(browser, { width: 1200 });
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    const before = await page.evaluate(() => window.atlas.held!.tiles);
    await page.evaluate(() => {
      const numbers = new Float32Array(256 * 256);
      const tile = { level: 0, height: 256, width: 256, max: numbers, mean: numbers, done: 1, least: 0, most: 1 };
      for (let i = 0; i < 9; i++) window.atlas.take({ ...tile, id: 'another', row: i, col: i });
    });
    expect(await page.evaluate(() => window.atlas.held!.tiles)).toBe(before);
    const most = await page.evaluate(() => {
      const { id } = window.atlas.view!.map.info;
      const numbers = new Float32Array(256 * 256);
      const tile = { level: 0, height: 256, width: 256, max: numbers, mean: numbers, done: 1, least: 0, most: 1 };
      let bytes = 0;
      for (let i = 0; i < 400; i++) {
        window.atlas.take({ ...tile, id, row: i % 64, col: Math.floor(i / 64) });
        bytes = Math.max(bytes, window.atlas.held!.bytes);
      }
      return bytes;
    });
    expect(most).toBeLessThanOrEqual(96 * 2 ** 20);
    expect(most).toBeGreaterThan(64 * 2 ** 20);
    await page.close();
  });

  test('a partial tile shows what it has over what coarser ones know, until the whole one comes', async () => {
    const { page } = await openAtlas(browser);
    await page.evaluate(() => window.showAtlas({ rows: 1500, cols: 1500, held: true }));
    await page.evaluate(() => window.release());
    await page.mouse.move(...(await bodyPoint(page, 0.5, 0.5)));
    await zoom(page, 8);
    const level = await page.evaluate(() => window.atlas.held!.level);
    expect(level).toBe(0);
    const place = await cellAt(page, 0.5, 0.5);
    const [row, col] = [Math.floor(place.row), Math.floor(place.col)];
    const color = () => page.evaluate(([r, c]) => window.bodyPixel(r!, c!), [row, col]);
    const stretched = await color();
    // No hole: the coarser one is stretched there, which is not the background.
    expect(stretched.slice(0, 3)).not.toEqual([31, 31, 31]);
    await page.evaluate(() => window.release(0.01));
    expect(await color()).toEqual(stretched);
    expect(await page.getAttribute('.atlas-view', 'aria-busy')).toBe('false');
    const asks = await page.evaluate(() => window.asked.length);
    await page.evaluate(() => window.release());
    const sharp = await color();
    const other = await page.evaluate(
      ([r, c]) => {
        const near = [-3, -2, -1, 1, 2, 3].map((by) => window.bodyPixel(r!, c! + by));
        return near.map(String);
      },
      [row, col],
    );
    // At level 0 neighbours differ, within a block of the coarser one they did not.
    expect(new Set([...other, String(sharp)]).size).toBeGreaterThan(2);
    expect(await page.evaluate(() => window.asked.length)).toBe(asks);
    await page.close();
  });

  test('while it is computed it says so, quietly, and no longer when it is done', async () => {
    const { page } = await openAtlas(browser);
    await page.evaluate((size) => window.showAtlas({ ...size, held: true }), LARGE);
    await page.evaluate(() => window.release(0.25));
    await page.waitForFunction(() => document.querySelector('.atlas-progress')?.textContent?.includes('25 %'));
    expect(await page.getAttribute('.atlas-view', 'aria-busy')).toBe('true');
    await page.evaluate(() => window.release());
    await page.waitForSelector('.atlas-view[aria-busy=false]');
    expect((await page.textContent('.atlas-progress'))?.trim()).toBe('');
    await page.close();
  });

  test('a line one row thin is seen from afar: max keeps it, mean does not', async () => {
    const { page } = await openAtlas(browser);
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    const line = Math.floor(LARGE.rows * 0.31);
    const lightness = async (row: number) => {
      const pixel = await page.evaluate((r) => window.bodyPixel(r, 14000), row);
      return pixel[0]! + pixel[1]! + pixel[2]!;
    };
    expect((await lightness(line)) - (await lightness(line + 900))).toBeGreaterThan(150);
    const mean = page.getByRole('radio', { name: 'mean' });
    expect(await page.getByRole('radio', { name: 'max' }).getAttribute('title')).toContain('line stays');
    await mean.click();
    await frames(page);
    expect((await lightness(line)) - (await lightness(line + 900))).toBeLessThan(150);
    await page.close();
  });

  test('the keyboard alone: moves by blocks, says what is there, makes the row the query, steps, zooms and leaves', async () => {
    const { page } = await openAtlas(browser);
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    await page.keyboard.press('Tab');
    for (let i = 0; i < 6 && !(await page.evaluate(() => document.activeElement?.matches('.atlas-view'))); i++)
      await page.keyboard.press('Tab');
    const status = () => page.textContent('ax-atlas [role=status]');
    await page.keyboard.press('Control+Home');
    expect(await status()).toMatch(/^Rows 1–\d+, columns 1–\d+: max 0\.\d+, mean 0\.\d+$/);
    await page.keyboard.press('ArrowDown');
    expect(await status()).toMatch(/^Rows (33–64|65–128)/);
    await page.keyboard.press('Control+End');
    expect(await status()).toContain('16,384');
    for (let i = 0; i < 16; i++) await page.keyboard.press('+');
    const { zoom: zoomed } = await page.evaluate(() => window.atlas.held!);
    expect(zoomed).toBe(1);
    await page.keyboard.press('ArrowUp');
    const value = await page.evaluate(() => window.valueOf(16382, 16383).toFixed(3));
    expect(await status()).toBe(`Row 16,383, column 16,384: ${await labels(page, 16382, 16383)}: ${value}`);
    await page.keyboard.press('Enter');
    await page.evaluate(() => window.patch({ row: 16382 }));
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => window.actions)).toEqual([
      { type: 'setQuery', query: 16382 },
      { type: 'nextPhase' },
    ]);
    await page.keyboard.press('0');
    expect(await page.evaluate(() => window.atlas.held!.zoom)).toBe(0);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => window.left)).toBe(1);
    await page.close();
  });

  test('the pointer: a tooltip with the block or the exact cell, and a click makes a row that can be seen the query', async () => {
    const { page } = await openAtlas(browser);
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    const [x, y] = await bodyPoint(page, 0.3, 0.5);
    await page.mouse.move(x, y);
    const tip = page.locator('.atlas-tip');
    await tip.waitFor();
    expect(await tip.textContent()).toMatch(/Block of \d+ × \d+ weights/);
    await page.mouse.click(x, y);
    expect(await page.evaluate(() => window.actions)).toEqual([]);
    await zoom(page, 18);
    const { row, col } = await cellAt(page, 0.3, 0.5);
    const value = await page.evaluate(
      ([r, c]) => window.valueOf(r!, c!).toFixed(3),
      [Math.floor(row), Math.floor(col)],
    );
    await page.waitForFunction((told) => document.querySelector('.atlas-tip dd.strong')?.textContent === told, value);
    expect(await page.evaluate(() => window.hovers.at(-1))).toEqual({ row: Math.floor(row), col: Math.floor(col) });
    await page.mouse.click(x, y);
    expect(await page.evaluate(() => window.actions)).toEqual([{ type: 'setQuery', query: Math.floor(row) }]);
    await page.close();
  });

  test('dragging moves it and is no click; the small map moves it, too', async () => {
    const { page } = await openAtlas(browser);
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    const [x, y] = await bodyPoint(page, 0.5, 0.5);
    await page.mouse.move(x, y);
    await zoom(page, 18);
    const before = await page.evaluate(() => window.atlas.held!);
    await page.mouse.down();
    await page.mouse.move(x - 112, y - 56, { steps: 4 });
    await page.mouse.up();
    const after = await page.evaluate(() => window.atlas.held!);
    expect([after.row - before.row, after.col - before.col].map((by) => Math.round(by * 1e6) / 1e6)).toEqual([2, 2]);
    expect(await page.evaluate(() => window.actions)).toEqual([]);
    const { room } = after;
    const box = (await page.locator('.atlas-view').boundingBox())!;
    // The upper left corner of the map, then its middle.
    const corner = [box.x + room.width - 8 - 128 + 2, box.y + room.height - 8 - 80 + 2] as const;
    await page.mouse.click(...corner);
    const top = await page.evaluate(() => window.atlas.held!);
    expect(top.row).toBeLessThan(600);
    expect(top.col).toBeLessThan(600);
    await page.close();
  });

  test('labels thin out where there is no room, counted from 1, and come back; none lies on another', async () => {
    const { page } = await openAtlas(browser, { width: 700 });
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    const far = await written(page);
    expect(far.rows.length).toBeGreaterThan(8);
    expect(far.rows.length).toBeLessThan(40);
    expect(far.rows.map(({ text }) => text)).toContain('2,049');
    const words = far.rows.filter(({ text }) => !/^[\d,]+$/.test(text));
    await page.mouse.move(...(await bodyPoint(page, 0.5, 0.5)));
    await zoom(page, 18);
    const near = await written(page);
    const first = await page.evaluate(() => Math.ceil(window.atlas.held!.row));
    const names = await page.evaluate(
      (row) => window.atlas.view!.rows.slice(row, row + 8).map(({ text }) => text.slice(0, 6)),
      first,
    );
    const seen = near.rows.map(({ text }) => text);
    // Every row has its own word again, and nothing counts any more.
    for (const name of names) expect(seen.some((text) => text.startsWith(name))).toBe(true);
    expect(seen.filter((text) => /\d/.test(text))).toEqual([]);
    for (const labels of [words, near.rows]) {
      const heights = labels.map(({ y }) => y).sort((a, b) => a - b);
      heights.slice(1).forEach((y, i) => {
        expect(y - heights[i]!).toBeGreaterThanOrEqual(12);
      });
    }
    await page.close();
  });

  test.each([
    { rows: 1, cols: 600_000 },
    { rows: 600, cols: 600 },
    { rows: 16384, cols: 300 },
    { rows: 1500, cols: 1500, causal: true },
  ])('$rows × $cols: whole, and down to its last cell', async (size) => {
    const { page, problems } = await openAtlas(browser, { width: 700 });
    await page.evaluate((options) => window.showAtlas(options), size);
    const whole = await page.evaluate(() => window.atlas.held!);
    expect(whole.axes.rows.span).toBe(size.rows);
    expect(whole.axes.cols.span).toBe(size.cols);
    await page.evaluate(() => window.atlas.focusCell());
    await page.keyboard.press('Control+End');
    for (let i = 0; i < 26; i++) await page.keyboard.press('+');
    const value = await page.evaluate(([r, c]) => window.valueOf(r! - 1, c! - 1).toFixed(3), [size.rows, size.cols]);
    await page.waitForFunction(
      (told) => document.querySelector('ax-atlas [role=status]')?.textContent?.endsWith(`: ${told}`),
      value,
    );
    const asked = await page.evaluate(() => window.asked.map((places) => places.length));
    expect(Math.max(...asked)).toBeLessThanOrEqual(64);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('a picture for a file is as large as asked, and has what is seen', async () => {
    const { page } = await openAtlas(browser);
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    const { sizes, colors, room } = await page.evaluate(() => {
      const pictures = [1, 2].map((ratio) => window.atlas.draw(ratio));
      const { labelWidth, headHeight, bodyWidth, bodyHeight } = window.atlas.held!.room;
      const data = pictures[1]!
        .getContext('2d')!
        .getImageData(labelWidth * 2, headHeight * 2, bodyWidth * 2, bodyHeight * 2).data;
      return {
        sizes: pictures.map(({ width, height }) => [width, height]),
        colors: new Set(new Uint32Array(data.buffer)).size,
        room: window.atlas.held!.room,
      };
    });
    expect(sizes).toEqual([
      [room.width, room.height],
      [room.width * 2, room.height * 2],
    ]);
    expect(colors).toBeGreaterThan(20);
    await page.close();
  });

  test('what is in sight can be read as a table, with a dozen rows and columns at most', async () => {
    const { page } = await openAtlas(browser);
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    await page.waitForSelector('ax-atlas table');
    expect(await page.textContent('ax-atlas caption')).toMatch(/^Blocks of \d+ × \d+ cells/);
    expect(await page.locator('ax-atlas tbody tr').count()).toBe(12);
    await page.mouse.move(...(await bodyPoint(page, 0.5, 0.5)));
    await zoom(page, 18);
    await page.waitForFunction(() =>
      document.querySelector('ax-atlas caption')?.textContent?.startsWith('Cells in sight'),
    );
    const { row, col } = await page.evaluate(() => window.atlas.held!);
    const value = await page.evaluate(
      ([r, c]) => window.valueOf(r!, c!).toFixed(3),
      [Math.floor(row), Math.floor(col)],
    );
    const seen = Number(await page.locator('ax-atlas tbody td').first().textContent());
    expect(seen).toBeCloseTo(Number(value), 2);
    await page.close();
  });

  test.each(THEMES)('%s: nothing serious for axe, whole and with a cell in the hand', async (theme) => {
    const { page, problems } = await openAtlas(browser, { theme, width: 700 });
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    await page.waitForSelector('ax-atlas table');
    expect(await seriousFindings(page)).toEqual([]);
    await page.evaluate(() => window.atlas.focusCell());
    for (let i = 0; i < 20; i++) await page.keyboard.press('+');
    await page.waitForSelector('.atlas-tip');
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  });

  test.each([400, 700, 1200])('%i px: nothing is wider than the window', async (width) => {
    const { page } = await openAtlas(browser, { width });
    await page.evaluate((size) => window.showAtlas(size), LARGE);
    await page.mouse.move(...(await bodyPoint(page, 0.95, 0.95)));
    await page.waitForSelector('.atlas-tip');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const tip = (await page.locator('.atlas-tip').boundingBox())!;
    expect(tip.x + tip.width).toBeLessThanOrEqual(width);
    await page.close();
  });
});

const labels = (page: Page, row: number, col: number) =>
  page.evaluate(([r, c]) => `${window.atlas.view!.rows[r!]!.text} → ${window.atlas.view!.cols[c!]!.text}`, [row, col]);

/** Texts that one painting writes to the left of the cells, and how high they stand, px. */
const written = (page: Page) =>
  page.evaluate(async () => {
    const rows: { text: string; y: number }[] = [];
    const { fillText, fillRect } = CanvasRenderingContext2D.prototype;
    // What is written after the background of the last picture counts: there may be more than one.
    CanvasRenderingContext2D.prototype.fillRect = function (x, y, width, height) {
      if (height === window.atlas.held!.room.height) rows.length = 0;
      return fillRect.call(this, x, y, width, height);
    };
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
      const { b, d } = this.getTransform();
      const { labelWidth, headHeight } = window.atlas.held!.room;
      // Column labels are slanted, numbers stand in their cells.
      if (text && b === 0 && x < labelWidth && y > headHeight - 10 && this.textAlign === 'right')
        rows.push({ text, y: y * Math.sign(d) });
      return fillText.call(this, text, x, y, ...rest);
    };
    window.atlas.requestUpdate();
    await window.atlas.updateComplete;
    await window.rest();
    Object.assign(CanvasRenderingContext2D.prototype, { fillText, fillRect });
    return { rows };
  });
