import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './gallery/launch-chromium.ts';
import { PanelSession } from './gallery/panel-session.ts';
import { seriousFindings } from './gallery/serious-findings.ts';
import { THEMES } from './gallery/themes.ts';

const SOURCE = 'I like eating ice cream.';
const TARGET = '我喜欢吃冰淇淋。';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

const open = (width: number, theme?: (typeof THEMES)[number]) =>
  PanelSession.open(browser, { width, theme, page: 'comparison' });

/** Every number of a map's own table for screen readers, or of its cells. */
const numbers = (session: PanelSession, within: string) =>
  session.page.$$eval(`${within} table tbody tr`, (rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent))),
  );

describe('two sides compared', () => {
  test('two heads: the difference is B − A in every cell, and says how much attention goes elsewhere', async () => {
    const session = await open(1200);
    await session.compare(SOURCE, TARGET, [], [{ type: 'setHead', head: 3, layer: 0 }]);
    const [a, b] = [await numbers(session, '#left'), await numbers(session, '#right')];
    const cells = await session.page.$$eval('#difference .cell', (list) =>
      list.map((cell) => cell.getAttribute('aria-label') ?? ''),
    );
    expect(cells.length).toBe(a.flat().length);
    cells.forEach((label, i) => {
      const [, from, to] = /A (−?[\d.]+), B (−?[\d.]+)/.exec(label) ?? [];
      expect(Number(from)).toBeCloseTo(a.flat()[i]!, 2);
      expect(Number(to?.replace('−', '-'))).toBeCloseTo(b.flat()[i]!, 2);
    });
    const moved = a.flat().reduce((sum, x, i) => sum + Math.abs(b.flat()[i]! - x), 0) / 2 / a.length;
    const shown = await session.page.locator('#difference .facts dd').first().innerText();
    expect(Number.parseFloat(shown)).toBeCloseTo(100 * moved, 0);
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test('what is done on a side is said of that side; a phase holds for both', async () => {
    const session = await open(700);
    await session.compare(SOURCE, TARGET, [], [{ type: 'setHead', head: 3, layer: 0 }]);
    await session.page.locator('#right select').nth(2).selectOption({ value: '1' });
    const head = await session.waitFor((message) => message.type === 'actSide');
    expect(head).toMatchObject({ side: 'right', action: { type: 'setHead', head: 1 } });
    await session.page.locator('#right .cell[data-row="3"][data-col="2"]').click();
    const query = await session.waitFor((message) => message.type === 'actSide' && message.action.type === 'setQuery');
    expect(query).toMatchObject({ side: 'right' });
    await session.page.getByRole('radio', { name: 'Combine' }).click();
    await session.waitFor((message) => message.type === 'actSide' && message.action.type === 'setPhase');
    await session.page.locator('#left .which').click();
    expect(await session.waitFor((message) => message.type === 'pickSide')).toMatchObject({ side: 'left' });
    await session.close();
  });

  test('cross- against self-attention: what differs stands in words and this pair’s numbers', async () => {
    const session = await open(1200);
    await session.compare(SOURCE, TARGET, [], [{ type: 'setKind', kind: 'encoder' }]);
    const { sourceTokens, targetTokens, model } = session.summary;
    const [t, s] = [targetTokens.length, sourceTokens.length];
    const row = (name: string) =>
      session.page
        .getByRole('row')
        .filter({ has: session.page.getByRole('rowheader', { name, exact: true }) })
        .innerText();
    expect(await row('Q')).toContain(`${t} × ${model.width}`);
    expect(await row('K and V')).toContain(`${s} × ${model.headWidth}`);
    const weights = await row('Weights');
    expect(weights).toContain(`${t} × ${s} in each of ${model.decoderHeads} heads`);
    expect(weights).toContain(`${s} × ${s} in each of ${model.encoderHeads} heads`);
    expect(await session.page.locator('#difference').innerText()).toContain('Not drawn');
    await session.compare(SOURCE, TARGET, [], [{ type: 'setKind', kind: 'decoder' }]);
    expect(await row('Mask')).toContain(`${(t * (t - 1)) / 2} of ${t * t} cells`);
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test.each(THEMES)('nothing serious for axe, and nothing wider than the window: %s', async (theme) => {
    const session = await open(400, theme);
    for (const width of [400, 1200]) {
      await session.page.setViewportSize({ width, height: 1400 });
      await session.compare(SOURCE, TARGET, [], [{ type: 'setKind', kind: 'encoder' }]);
      expect(await seriousFindings(session.page)).toEqual([]);
      const wide = await session.page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(width);
    }
    await session.close();
  });
});
