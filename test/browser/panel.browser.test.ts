import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './gallery/launch-chromium.ts';
import { PanelSession } from './gallery/panel-session.ts';
import { seriousFindings } from './gallery/serious-findings.ts';
import { THEMES } from './gallery/themes.ts';

const SOURCE = 'My father works in a big hospital.';
const TARGET = '我父亲在一家大医院工作。';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

async function opened(
  options: { width?: number; theme?: (typeof THEMES)[number]; source?: string; target?: string } = {},
) {
  const session = await PanelSession.open(browser, { width: options.width ?? 700, theme: options.theme });
  await session.explore(options.source ?? SOURCE, options.target ?? TARGET);
  return session;
}

const cell = (row: number, col: number) => `.cell[data-row="${row}"][data-col="${col}"]`;

describe('the window, with the bundled model behind it', () => {
  test('shows every weight of the head, and the rows sum to one', async () => {
    const session = await opened();
    const rows = await session.page.$$eval('.map table tbody tr', (list) =>
      list.map((row) => [...row.querySelectorAll('td')].map((entry) => Number(entry.textContent))),
    );
    expect(rows.length).toBe(session.summary.targetTokens.at(-1)!.word - session.summary.targetTokens[0]!.word + 1);
    for (const row of rows) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 1);
    expect(await session.page.locator('.chip.now').innerText()).toBe('我');
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test('arrows walk the cells, Enter makes the row the query and then steps, Esc returns to the pair', async () => {
    const session = await opened();
    const { page } = session;
    await page.locator('.map .cell[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const focused = () => page.evaluate(() => ({ ...(document.activeElement as HTMLElement).dataset }));
    expect(await focused()).toMatchObject({ row: '2', col: '1' });
    expect(await page.locator('.tip').innerText()).toContain('在');
    const before = session.received.length;
    await page.keyboard.press('Enter');
    expect(await session.waitFor((m) => m.type === 'act', before)).toEqual({
      type: 'act',
      action: { type: 'setQuery', query: expect.any(Number) },
    });
    await session.waitFor((m) => m.type === 'painted', before);
    expect(await page.locator('.chip.now').innerText()).toBe('在');
    const stepped = session.received.length;
    await page.keyboard.press('Enter');
    expect(await session.waitFor((m) => m.type === 'act', stepped)).toMatchObject({ action: { type: 'nextPhase' } });
    await session.waitFor((m) => m.type === 'painted', stepped);
    expect(await page.locator('#heatmap h2').innerText()).toMatch(/contributions/i);
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('now');
    await session.close();
  });

  test('outside the grid ↑ ↓ change the query, ← → and 1 to 3 the phase', async () => {
    const session = await opened();
    await session.page.locator('.chip.now').focus();
    for (const [key, action] of [
      ['ArrowDown', { type: 'nextToken' }],
      ['ArrowUp', { type: 'previousToken' }],
      ['ArrowRight', { type: 'nextPhase' }],
      ['ArrowLeft', { type: 'previousPhase' }],
      ['1', { type: 'setPhase', phase: 'query' }],
    ] as const) {
      const from = session.received.length;
      await session.page.keyboard.press(key);
      expect(await session.waitFor((m) => m.type === 'act', from)).toEqual({ type: 'act', action });
      await session.waitFor((m) => m.type === 'painted', from);
    }
    await session.close();
  });

  test('the tooltip gives q · k, the scaled score, weight and rank, and is never over its own row', async () => {
    const session = await opened();
    const { page } = session;
    const last = session.summary.targetTokens.at(-1)!.word - session.summary.targetTokens[0]!.word;
    for (const row of [0, 4, last]) {
      await page.locator(cell(row, 2)).hover();
      const tip = page.locator('.tip');
      expect(await tip.innerText()).toMatch(/q · k[\s\S]*÷ √32[\s\S]*weight/);
      const box = (await tip.boundingBox())!;
      const own = (await page.locator(cell(row, 2)).boundingBox())!;
      expect(box.y >= own.y + own.height || box.y + box.height <= own.y).toBe(true);
    }
    const hover = await session.waitFor((m) => m.type === 'hover' && m.row >= 0);
    expect(hover).toMatchObject({ type: 'hover', row: 0 });
    await session.close();
  });

  test('switching the kind asks the host, and the other matrix comes', async () => {
    const session = await opened();
    const from = session.received.length;
    await session.page.getByRole('radio', { name: 'Decoder self' }).click();
    expect(await session.waitFor((m) => m.type === 'act', from)).toEqual({
      type: 'act',
      action: { type: 'setKind', kind: 'decoder' },
    });
    await session.waitFor((m) => m.type === 'painted', from);
    expect(await session.page.locator('.cell.masked').count()).toBeGreaterThan(10);
    await session.close();
  });

  test('choosing a thumbnail with the keyboard chooses its layer and head', async () => {
    const session = await opened();
    await session.page.locator('.th[data-layer="2"][data-head="0"], .th[tabindex="0"]').first().focus();
    await session.page.keyboard.press('Home');
    await session.page.keyboard.press('ArrowRight');
    const from = session.received.length;
    await session.page.keyboard.press('Enter');
    const message = await session.waitFor((m) => m.type === 'act', from);
    expect(message).toMatchObject({ action: { type: 'setHead', head: 1 } });
    await session.waitFor((m) => m.type === 'painted', from);
    expect(await session.page.locator('.th[aria-selected="true"]').count()).toBe(1);
    await session.close();
  });

  test('a token lit in the editor is lit here', async () => {
    const session = await opened();
    const piece = session.summary.sourceTokens.findIndex((token) => token.text === 'hospital');
    await session.post({ type: 'highlight', side: 'source', pieces: [piece] });
    await session.page.locator('.chip.hov', { hasText: 'hospital' }).waitFor();
    expect(await session.page.locator('.col.hov').innerText()).toBe('hospital');
    await session.close();
  });

  test('running can be cancelled, a failure names its way out, a stale text can be run again', async () => {
    const session = await opened();
    const { page } = session;
    const press = async (name: string) => {
      const from = session.received.length;
      await page.getByRole('button', { name, exact: true }).click();
      return session.waitFor((m) => m.type === 'command', from);
    };
    await session.setState({ status: 'running', progress: { done: 0.4, stage: 'encode' } });
    expect(await page.getByRole('progressbar').first().getAttribute('aria-valuenow')).toBe('40');
    expect(await press('Cancel')).toEqual({ type: 'command', command: 'cancel' });
    const way = { label: 'Cut to 512', command: 'runCut' } as const;
    await session.setState({ status: 'failed', error: { code: 'text-too-long', message: 'Too long by far.', way } });
    expect(await page.getByRole('alert').innerText()).toContain('Too long by far.');
    expect(await press('Cut to 512')).toEqual({ type: 'command', command: 'runCut' });
    await session.setState({ stale: true });
    expect(await press('Run again')).toEqual({ type: 'command', command: 'runAgain' });
    await session.close();
  });

  test('before anything was explored it says what to do', async () => {
    const session = await PanelSession.open(browser, { width: 400 });
    await session.post({ type: 'state', state: { status: 'empty', stale: false, playing: false } });
    await session.page.getByRole('button', { name: 'Open the examples' }).click();
    expect(await session.waitFor((m) => m.type === 'command')).toEqual({ type: 'command', command: 'openExample' });
    expect(await seriousFindings(session.page)).toEqual([]);
    await session.close();
  });

  test('another pair changes the window in place: nothing is built anew, nothing of the first is left', async () => {
    const session = await opened();
    const { page } = session;
    await page.evaluate(() => {
      for (const part of document.querySelectorAll<HTMLElement>('ax-heatmap, ax-stepper, ax-complexity'))
        part.dataset.first = 'yes';
    });
    await session.explore('I like eating ice cream.', '我喜欢吃冰淇淋。');
    expect(await page.locator('[data-first]').count()).toBe(3);
    expect(await page.locator('.chips[data-side=source]').innerText()).toContain('ice');
    expect(await page.locator('main').innerText()).not.toMatch(/hospital|医院/);
    expect(await page.$$eval('.cell', (cells) => cells.map((one) => one.ariaLabel).join())).not.toMatch(
      /hospital|医院/,
    );
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test('the numbers of the cells are drawn over them, in an ink that can be read', async () => {
    const session = await opened();
    const strongest = session.page.locator(cell(0, 1));
    expect(await strongest.getAttribute('aria-label')).toMatch(/weight 0\.9/);
    const inks = await strongest.evaluate((element) => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas.numbers')!;
      const [box, at] = [canvas.getBoundingClientRect(), element.getBoundingClientRect()];
      const { data } = canvas
        .getContext('2d')!
        .getImageData(at.left - box.left, at.top - box.top, Math.floor(at.width), Math.floor(at.height));
      return Array.from({ length: data.length / 4 }, (_, i) => data[i * 4 + 3]!).filter((alpha) => alpha > 200).length;
    });
    expect(inks).toBeGreaterThan(10);
    await session.close();
  });

  test('a page that is told “as before” of what it never had asks for everything anew', async () => {
    const session = await PanelSession.open(browser, { width: 700 });
    const from = session.received.length;
    await session.page.evaluate(() =>
      window.fromHost(JSON.stringify({ type: 'view', view: { overview: { $kept: 'overview' } } })),
    );
    await session.waitFor((message) => message.type === 'ready', from);
    await session.explore(SOURCE, TARGET);
    expect(await session.page.locator('.chip.now').innerText()).toBe('我');
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test('another theme repaints the cells', async () => {
    const session = await opened();
    const color = () =>
      session.page.locator(cell(0, 0)).evaluate((element) => getComputedStyle(element).backgroundColor);
    const dark = await color();
    await session.page.evaluate(() => window.setTheme('light'));
    await session.page.waitForFunction(
      ([selector, last]) => getComputedStyle(document.querySelector(selector)!).backgroundColor !== last,
      [cell(0, 0), dark] as const,
    );
    await session.close();
  });
});

describe('unusual pairs', () => {
  test.each([
    ['one word', 'Yes', '是'],
    ['emoji and combining marks', 'I ❤️ cafés 👩‍👩‍👧!', '我爱咖啡馆👩‍👩‍👧！'],
    ['right-to-left', 'אני אוהב גלידה', 'أنا أحب البوظة'],
    ['a very long token', `${'Donaudampfschifffahrt'.repeat(8)} sinks`, '沉没'],
  ])('%s stays inside the window', async (_name, source, target) => {
    for (const width of [400, 1200]) {
      const session = await opened({ width, source, target });
      expect(await session.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await seriousFindings(session.page)).toEqual([]);
      expect(session.problems).toEqual([]);
      await session.close();
    }
  });

  test('400 tokens by 400: scrolls in itself with its labels in sight, and the keyboard reaches the last cell', async () => {
    const source = 'the old man walks slowly to the big house near the river . '.repeat(29).trim();
    const session = await opened({ source, target: '老人慢慢地走向河边的大房子。'.repeat(40) });
    const { page } = session;
    expect(session.summary.sourceTokens.length).toBeGreaterThan(380);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(700);
    await page.locator('.map .cell').focus();
    await page.keyboard.press('End');
    for (let i = 0; i < 45; i++) await page.keyboard.press('PageDown');
    const { scroll, label } = await page.evaluate(() => {
      const box = document.querySelector('.scroll')!.getBoundingClientRect();
      const labels = document.querySelector('.rowheads')!.getBoundingClientRect();
      return { scroll: box.left, label: labels.left };
    });
    expect(label).toBeCloseTo(scroll, 0);
    const focused = (await page.locator('.map .cell').boundingBox())!;
    const frame = (await page.locator('.scroll').boundingBox())!;
    expect(focused.x + focused.width).toBeLessThanOrEqual(frame.x + frame.width + 1);
    expect(focused.y + focused.height).toBeLessThanOrEqual(frame.y + frame.height + 1);
    expect(await seriousFindings(session.page, '#heatmap')).toEqual([]);
    await session.close();
  });
});

describe.each(THEMES)('accessibility in %s', (theme) => {
  test.each([400, 700, 1200])('at %i px nothing serious, in every phase', async (width) => {
    const session = await opened({ width, theme });
    for (const phase of ['query', 'match', 'combine'] as const) {
      await session.act({ type: 'setPhase', phase });
      expect(await seriousFindings(session.page)).toEqual([]);
    }
    expect(await session.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(session.problems).toEqual([]);
    await session.close();
  });
});
