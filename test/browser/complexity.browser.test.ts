import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Measurement } from '../../src/contract/run.ts';
import { launchChromium } from './gallery/launch-chromium.ts';
import { PanelSession } from './gallery/panel-session.ts';
import { seriousFindings } from './gallery/serious-findings.ts';
import { THEMES, type ThemeName } from './gallery/themes.ts';

/** A ladder whose exponents are known: what the chart must read off it. */
const LADDER: readonly Measurement[] = [64, 128, 256, 512].flatMap((n) => [
  { method: 'full' as const, targets: n, sources: n, milliseconds: n ** 2 / 5000 },
  { method: 'linear' as const, targets: n, sources: n, milliseconds: n / 50 },
]);

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

async function opened(options: { width?: number; theme?: ThemeName } = {}) {
  const session = await PanelSession.open(browser, { width: options.width ?? 700, theme: options.theme });
  await session.explore('I like eating ice cream.', '我喜欢吃冰淇淋。');
  return session;
}

const table = (session: PanelSession, nth: number): Promise<string[][]> =>
  session.page.$$eval(`ax-complexity .cx table:nth-of-type(${nth + 1}) tbody tr`, (rows) =>
    rows.map((row) => [...row.querySelectorAll('td')].map((entry) => entry.textContent?.trim() ?? '')),
  );

describe('complexity, with the bundled model behind it', () => {
  test('the table of the layer is what its sizes give by hand', async () => {
    const session = await opened();
    const [t, s, d] = [session.summary.targetTokens.length, session.summary.sourceTokens.length, 192];
    const exact = (value: number) => value.toLocaleString('en-US');
    const operations = [(t + 2 * s) * d * d, t * s * d, t * s * d + t * d * d];
    const bytes = [4 * (t + 2 * s) * d, 4 * 6 * t * s, 4 * t * d];
    const rows = await table(session, 0);
    expect(rows.map((row) => row.at(-2))).toEqual([...operations, operations.reduce((a, b) => a + b)].map(exact));
    expect(rows.map((row) => row.at(-1))).toEqual([...bytes, bytes.reduce((a, b) => a + b)].map(exact));
    const model = await table(session, 1);
    const parts = model.slice(0, -1).map((row) => Number(row.at(-2)!.replaceAll(',', '')));
    expect(exact(parts.reduce((a, b) => a + b))).toBe(model.at(-1)!.at(-2));
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test('this pair is marked on its curves, and sliders move the mark and the table until taken back', async () => {
    const session = await opened();
    const { page } = session;
    expect(await page.locator('.chart text.here').first().textContent()).toBe('this pair');
    const at = () => page.$eval('.chart .pairline', (line) => Number(line.getAttribute('x1')));
    const before = await at();
    const operations = (await table(session, 0)).at(-1)!.at(-2);
    await page.locator('.slide input').first().focus();
    for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Back to this pair' }).waitFor();
    expect(await at()).toBeGreaterThan(before);
    expect((await table(session, 0)).at(-1)!.at(-2)).not.toBe(operations);
    expect(await page.locator('.chart text.here').first().textContent()).toBe('these sizes');
    await page.getByRole('button', { name: 'Back to this pair' }).click();
    await page.locator('.chart text.here', { hasText: 'this pair' }).waitFor();
    expect(await at()).toBe(before);
    expect((await table(session, 0)).at(-1)!.at(-2)).toBe(operations);
    await session.close();
  });

  test('Time says that nothing is measured, then shows points as they come and the exponents', async () => {
    const session = await opened();
    const { page } = session;
    await page.getByRole('radio', { name: 'Time' }).click();
    await page.getByText('Nothing measured yet').waitFor();
    const from = session.received.length;
    await page.getByRole('button', { name: 'Measure on this machine' }).click();
    expect(await session.waitFor((m) => m.type === 'command', from)).toEqual({ type: 'command', command: 'measure' });
    await session.post({ type: 'measured', points: LADDER.slice(0, 2), done: false });
    await page.getByText('Measuring… 2 points').waitFor();
    expect(await page.locator('.chart circle.measured').count()).toBe(2);
    await session.post({ type: 'measured', points: LADDER, done: true });
    await page.getByRole('button', { name: 'Measure on this machine' }).waitFor();
    expect(await page.locator('.chart circle.measured').count()).toBe(LADDER.length);
    expect(await page.$$eval('.keyline b', (all) => all.map((one) => one.textContent))).toEqual(['n2.00', 'n1.00']);
    expect(await page.$$eval('.keyline b sup', (all) => all.map((one) => one.textContent))).toEqual(['2.00', '1.00']);
    await page.getByRole('radio', { name: 'Operations' }).click();
    await page.getByText(/1 ms ≙ 1\.9 M operations/).waitFor();
    await session.close();
  });

  test('the tooltip follows pointer and keyboard, and stays inside the panel', async () => {
    const session = await opened({ width: 400 });
    const { page } = session;
    const plot = page.locator('.plot');
    await plot.scrollIntoViewIfNeeded();
    const box = (await plot.boundingBox())!;
    const seen = new Set<string | null>();
    for (const share of [0.15, 0.5, 0.97]) {
      await page.mouse.move(box.x + share * box.width, box.y + 100);
      const tip = page.locator('.plot .tip');
      await tip.waitFor();
      seen.add(await tip.locator('.title').textContent());
      const own = (await tip.boundingBox())!;
      expect(own.x).toBeGreaterThanOrEqual(box.x);
      expect(own.x + own.width).toBeLessThanOrEqual(box.x + box.width + 0.5);
      expect(own.y + own.height).toBeLessThanOrEqual(box.y + box.height + 0.5);
      expect(await tip.locator('dt').count()).toBe(5);
    }
    expect(seen.size).toBe(3);
    await page.mouse.move(0, 0);
    await plot.focus();
    await page.keyboard.press('End');
    expect(await page.locator('.plot .tip .title').textContent()).toBe('n = 16,384');
    expect(await plot.getAttribute('aria-valuetext')).toContain('n = 16384. full n²·d: 103.1 G');
    await session.close();
  });

  test('a curve is switched off in the legend, the last one stays', async () => {
    const session = await opened();
    const keys = session.page.locator('.keyline button');
    const curves = () => session.page.locator('.chart .ln').count();
    for (let i = 0; i < 5; i++) await keys.nth(i).click();
    expect(await curves()).toBe(1);
    await keys.nth(0).click();
    expect(await curves()).toBe(2);
    await session.close();
  });

  test.each(THEMES)('axe finds nothing serious in %s, at three widths and in three measures', async (theme) => {
    const session = await opened({ theme, width: 400 });
    await session.post({ type: 'measured', points: LADDER, done: true });
    for (const [width, name] of [
      [400, 'Time'],
      [700, 'Bytes'],
      [1200, 'Operations'],
    ] as const) {
      await session.page.setViewportSize({ width, height: 1400 });
      await session.page.getByRole('radio', { name }).click();
      expect(await seriousFindings(session.page, '#complexity')).toEqual([]);
      // The chart follows its new width a frame later.
      await session.page.waitForFunction(() => {
        const section = document.querySelector('#complexity')!;
        return section.scrollWidth === section.clientWidth;
      });
    }
    await session.close();
  });
});
