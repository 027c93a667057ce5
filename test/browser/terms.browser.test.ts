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

async function opened(width = 700, theme?: ThemeName) {
  const session = await PanelSession.open(browser, { width, theme });
  await session.explore('I like eating ice cream.', '我喜欢吃冰淇淋。');
  await session.act({ type: 'setQuery', query: 3 });
  await session.act({ type: 'setPhase', phase: 'match' });
  return session;
}

const tip = ({ page }: PanelSession) => page.getByRole('tooltip').and(page.locator(':popover-open'));
const word = ({ page }: PanelSession, name: string) => page.locator(`.term[data-term=${name}]`).first();

describe('words that explain themselves', () => {
  test('on hover: the sentence has the numbers that stand in the table, and goes when the pointer goes', async () => {
    const session = await opened();
    await word(session, 'softmax').hover();
    await tip(session).waitFor();
    const [score, weight] = await session.page.$eval('#phase-body tr.top', (row) =>
      [3, 4].map((i) => row.querySelectorAll('td')[i].textContent?.trim()),
    );
    const text = await tip(session).textContent();
    expect(text).toContain(`so ${score} for “ice” becomes the weight ${weight}.`);
    // The pointer may go onto what is said.
    await tip(session).hover();
    expect(await tip(session).textContent()).toBe(text);
    await session.page.mouse.move(2, 2);
    await tip(session).waitFor({ state: 'detached' });
    await session.close();
  });

  test('by keyboard: Tab explains, Esc closes that alone, the word is described by it', async () => {
    const session = await opened();
    const { page } = session;
    await page.locator('#stepper').focus();
    for (let i = 0; i < 30 && !(await word(session, 'score').evaluate((it) => it === document.activeElement)); i++)
      await page.keyboard.press('Tab');
    await tip(session).waitFor();
    expect(await tip(session).textContent()).toMatch(/^Score q·k: 32 products/);
    const described = await word(session, 'score').getAttribute('aria-describedby');
    expect(await page.locator(`#${described}`).textContent()).toBe(await tip(session).textContent());
    await page.keyboard.press('Escape');
    await tip(session).waitFor({ state: 'detached' });
    // Esc goes on to the window only when there is nothing left to close: the focus has not moved.
    expect(await word(session, 'score').evaluate((it) => it === document.activeElement)).toBe(true);
    expect(await word(session, 'score').getAttribute('aria-describedby')).toBeNull();
    await page.keyboard.press('Shift+Tab');
    expect(await tip(session).textContent()).toMatch(/^Key k/);
    await session.close();
  });

  test('controls explain what they choose: kinds, layer, phases', async () => {
    const session = await opened();
    const { page } = session;
    await page.getByRole('radio', { name: 'Cross' }).hover();
    await tip(session).waitFor();
    expect(await tip(session).textContent()).toMatch(/8 × 8 weights/);
    await page.locator('.sel[data-term=layer] select').focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    expect(await tip(session).textContent()).toMatch(/^Layer: one of 3 /);
    expect(await page.locator('.sel[data-term=layer] select').getAttribute('aria-describedby')).toBe('term-tip');
    await session.close();
  });

  test('a tap explains a word, a tap elsewhere ends it', async () => {
    const session = await opened(400);
    const touch = await session.page.context().newCDPSession(session.page);
    await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true });
    const tap = async (x: number, y: number) => {
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await word(session, 'entropy').scrollIntoViewIfNeeded();
    const box = (await word(session, 'entropy').boundingBox())!;
    await tap(box.x + box.width / 2, box.y + box.height / 2);
    await tip(session).waitFor();
    expect(await tip(session).textContent()).toMatch(/^Entropy: /);
    await tap(200, 300);
    await tip(session).waitFor({ state: 'detached' });
    await session.close();
  });

  test('what is said follows the state, and is general while an average is shown', async () => {
    const session = await opened();
    await word(session, 'head').hover();
    await tip(session).waitFor();
    await session.act({ type: 'setHead', layer: 1, head: 3 });
    expect(await tip(session).textContent()).toContain('shown is head 4');
    await session.act({ type: 'setHead', head: 'mean' });
    expect(await tip(session).textContent()).toContain('shown is their mean');
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test('a word that goes out of sight with its phase takes its explanation along', async () => {
    const session = await opened();
    await session.act({ type: 'setPhase', phase: 'match' });
    await word(session, 'scaling').hover();
    await tip(session).waitFor();
    await session.act({ type: 'setPhase', phase: 'combine' });
    await tip(session).waitFor({ state: 'detached' });
    await session.close();
  });

  test('a target that the model wrote says how', async () => {
    const session = await opened();
    await session.explore('I like eating ice cream.');
    await word(session, 'beam').focus();
    await word(session, 'beam').click();
    expect(await tip(session).textContent()).toMatch(/ln p = −\d/);
    await session.close();
  });

  test('every word of every section stays in a window of 400 px', async () => {
    const session = await opened(400);
    const { page } = session;
    for (const phase of ['query', 'match', 'combine'] as const) {
      await session.act({ type: 'setPhase', phase });
      // Words of a phase that was left are out of sight: each phase has its turn.
      for (const it of await page.locator('.term:not(.phase.left *)').all()) {
        await it.scrollIntoViewIfNeeded();
        await it.click();
        await tip(session).waitFor();
        const box = (await tip(session).boundingBox())!;
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(400);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.y + box.height).toBeLessThanOrEqual(1400);
        await page.keyboard.press('Escape');
      }
    }
    await session.close();
  });

  test.each(THEMES)('axe finds nothing serious in %s with a word explained', async (theme) => {
    const session = await opened(400, theme);
    await word(session, 'softmax').click();
    await tip(session).waitFor();
    expect(await seriousFindings(session.page, 'ax-panel')).toEqual([]);
    await session.close();
  });
});
