import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './gallery/launch-chromium.ts';
import { PanelSession } from './gallery/panel-session.ts';
import { seriousFindings } from './gallery/serious-findings.ts';
import { THEMES, type ThemeName } from './gallery/themes.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

async function opened(options: { width?: number; theme?: ThemeName; source?: string; target?: string } = {}) {
  const session = await PanelSession.open(browser, { width: options.width ?? 700, theme: options.theme });
  await session.explore(options.source ?? 'I like eating ice cream.', options.target ?? '我喜欢吃冰淇淋。');
  await session.act({ type: 'setQuery', query: 3 });
  return session;
}

const number = (text: string): number => Number(text.replace('−', '-'));

/** Cells of the rows of the phase's first table that hold a key. */
const keyRows = (session: PanelSession): Promise<string[][]> =>
  session.page.$$eval('#phase-body table:first-of-type tr.src', (rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((entry) => entry.textContent?.trim() ?? '')),
  );

/** Heights of a strip's bars, up positive, read back from what was drawn: by the drawing that reaches over its place. */
const bars = (session: PanelSession, row: string): Promise<number[]> =>
  session.page.$eval(`#phase-body ${row} .strip`, (strip) => {
    const place = strip.getBoundingClientRect();
    const heights: number[] = [];
    for (const drawing of strip.closest('table')!.querySelectorAll('.strip svg')) {
      const at = drawing.getBoundingClientRect();
      if (at.left !== place.left) throw new Error('strips of one column stand below each other');
      for (const style of ['p', 'n'])
        for (const [, x, y, v] of drawing
          .querySelector(`path.${style}`)!
          .getAttribute('d')!
          .matchAll(/M([\d.]+) ([\d.]+)h[-\d.]+v([-\d.]+)/g))
          if (Math.abs(at.top + Number(y) - (place.top + place.height / 2)) < 1) heights[Number(x)] = -Number(v);
    }
    return Object.values(heights);
  });

describe('the stepper, with the bundled model behind it', () => {
  test('Match: scores, scaled scores and weights follow from each other, and the weights sum to 1', async () => {
    const session = await opened();
    await session.act({ type: 'setPhase', phase: 'match' });
    const rows = await keyRows(session);
    expect(rows).toHaveLength(session.summary.sourceTokens.length);
    const scaled = rows.map((row) => number(row[3]));
    for (const [i, row] of rows.entries())
      expect(Math.abs(number(row[2]) / Math.sqrt(32) - scaled[i])).toBeLessThan(0.0061);
    const sum = scaled.reduce((total, score) => total + Math.exp(score), 0);
    for (const [i, row] of rows.entries())
      expect(Math.abs(number(row[4]) - Math.exp(scaled[i]) / sum)).toBeLessThan(0.006);
    expect(rows.reduce((total, row) => total + number(row[4]), 0)).toBeCloseTo(1, 2);
    expect(await session.page.locator('#phase-body tr.sum').textContent()).toContain('1.000');
    const best = rows.reduce((a, b) => (number(b[4]) > number(a[4]) ? b : a));
    expect(await session.page.locator('.say').textContent()).toContain(`${best[0]} fits best`);
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test('Combine: the context is drawn as the sum of the weighted values, then the predictions', async () => {
    const session = await opened();
    await session.act({ type: 'setPhase', phase: 'combine' });
    const count = session.summary.sourceTokens.length;
    const parts = await Promise.all(
      Array.from({ length: count }, (_, i) => bars(session, `tbody tr.src:nth-child(${i + 1})`)),
    );
    const context = await bars(session, 'tr.sum');
    expect(context).toHaveLength(32);
    // Strips of 22 and 32 pixels are on one scale: 10 and 15 pixels for the same number.
    for (const [i, drawn] of context.entries()) {
      const sum = parts.reduce((total, part) => total + (part[i] ?? 0), 0);
      expect(Math.abs(drawn - Math.max(-15, Math.min(15, sum * 1.5)))).toBeLessThan(0.3);
    }
    const next = await session.page.$$eval('.next tbody tr', (rows) => rows.map((row) => row.textContent));
    expect(next).toHaveLength(5);
    const chances = next.map((text) => Number(/([\d.]+) %/.exec(text ?? '')?.[1]));
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    expect(await session.page.locator('.next p').first().textContent()).toMatch(/This pair has 冰 here: .* rank \d+/);
    await session.close();
  });

  test('Query: one query beside every key, and the formula lights what is at work', async () => {
    const session = await opened();
    await session.act({ type: 'setPhase', phase: 'query' });
    expect(await keyRows(session)).toHaveLength(session.summary.sourceTokens.length);
    const lit = () => session.page.$$eval('.formula .p.on', (parts) => parts.map((part) => part.textContent));
    expect(await lit()).toEqual(['Q']);
    expect(await session.page.locator('.fx .cap').textContent()).toContain('192×32');
    await session.page.getByRole('tab', { name: 'Combine' }).click();
    await session.page.locator('.formula .p.on', { hasText: 'V' }).waitFor();
    expect((await session.page.locator('.formula .p.on').boundingBox())?.height).toBe(44);
    await session.close();
  });

  test('in decoder self-attention later tokens are masked, and carry no weight', async () => {
    const session = await opened();
    await session.act({ type: 'setKind', kind: 'decoder' });
    await session.act({ type: 'setQuery', query: 3 });
    await session.act({ type: 'setPhase', phase: 'match' });
    const rows = await keyRows(session);
    for (const [i, row] of rows.entries()) {
      expect(row[3] === 'masked').toBe(i > 3);
      if (i > 3) expect(row[4]).toBe('0.000');
    }
    await session.act({ type: 'setQuery', query: 0 });
    expect(await session.page.locator('.say').textContent()).toContain('one key to meet');
    await session.close();
  });

  test('an average asks for a head, and its button goes to the sharpest', async () => {
    const session = await opened();
    await session.act({ type: 'setHead', head: 'mean' });
    expect(await session.page.locator('#phase-body table').count()).toBe(0);
    const from = session.received.length;
    await session.page.getByRole('button', { name: /Step through the sharpest head/ }).click();
    expect(await session.waitFor((m) => m.type === 'act', from)).toMatchObject({
      action: { type: 'setHead', layer: expect.any(Number), head: expect.any(Number) },
    });
    await session.waitFor((m) => m.type === 'painted', from);
    expect(await session.page.locator('#phase-body table').count()).toBeGreaterThan(0);
    await session.close();
  });

  test('weak keys of a long text wait behind a button', async () => {
    const source = 'I like eating ice cream and cake. '.repeat(9).trim();
    const session = await opened({ source, target: '我喜欢吃冰淇淋。' });
    await session.act({ type: 'setPhase', phase: 'match' });
    const all = session.summary.sourceTokens.length;
    expect(all).toBeGreaterThan(60);
    expect(await keyRows(session)).toHaveLength(40);
    await session.page.getByRole('button', { name: `Show ${all - 40} weaker keys` }).click();
    expect(await keyRows(session)).toHaveLength(all);
    await session.close();
  });

  test.each(THEMES)('axe finds nothing serious in %s, at three widths, in three phases', async (theme) => {
    const session = await opened({ theme, width: 400 });
    for (const [width, phase] of [
      [400, 'query'],
      [700, 'match'],
      [1200, 'combine'],
    ] as const) {
      await session.page.setViewportSize({ width, height: 1400 });
      await session.act({ type: 'setPhase', phase });
      expect(await seriousFindings(session.page, '#stepper')).toEqual([]);
      const wide = await session.page.$eval('#stepper', (section) => section.scrollWidth - section.clientWidth);
      expect(wide).toBe(0);
    }
    await session.close();
  });
});
