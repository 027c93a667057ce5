import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Action } from '../../src/contract/view-state.ts';
import { wholeViewOf } from '../unit/insight/whole-view.ts';
import { launchChromium } from './gallery/launch-chromium.ts';
import { PanelSession } from './gallery/panel-session.ts';
import { seriousFindings } from './gallery/serious-findings.ts';
import { THEMES } from './gallery/themes.ts';

const SOURCE = 'My father works in a big hospital.';
const TARGET = '我父亲在一家大医院工作。';
/** Where the picture has `hospital` and 医院. */
const HOSPITAL = { row: 5, col: 7 };

let browser: Browser;
let session: PanelSession;

beforeAll(async () => {
  browser = await launchChromium();
  session = await PanelSession.open(browser, { width: 1200 });
  await session.explore(SOURCE, TARGET);
});

afterAll(() => browser?.close());

const cell = (row: number, col: number) => session.page.locator(`.cell[data-row="${row}"][data-col="${col}"]`);
const now = () => wholeViewOf(session.run, session.view);

/** Does something in the page, and waits until what follows is shown. @returns the actions that were asked for */
async function after(what: () => Promise<unknown>, times = 1): Promise<Action[]> {
  const from = session.received.length;
  await what();
  const painted = () => session.received.slice(from).filter(({ type }) => type === 'painted').length;
  while (painted() < times) await session.waitFor((message) => message.type === 'painted', session.received.length);
  return session.received.slice(from).flatMap((message) => (message.type === 'act' ? [message.action] : []));
}

describe('further views, with the bundled model behind them', () => {
  test('a hard alignment is outlined on the cells, said in their names, and drawn on a canvas as well', async () => {
    await session.act({ type: 'setAlignment', alignment: 'argmax' });
    const view = await now();
    const outlined = await session.page.$$eval('.cell.linked', (cells) =>
      cells.map((at) => ({
        row: Number((at as HTMLElement).dataset.row),
        col: Number((at as HTMLElement).dataset.col),
      })),
    );
    expect(outlined).toEqual(view.alignment);
    expect(outlined).toContainEqual(HOSPITAL);
    expect(await cell(HOSPITAL.row, HOSPITAL.col).getAttribute('aria-label')).toMatch(/医院 → hospital: .*aligned$/);
    await session.act({ type: 'setAlignment', alignment: 'off' });
    expect(await session.page.locator('.cell.linked').count()).toBe(0);
  });

  test('heads are ranked by a measure, each with its value, and the first of each can be chosen by name', async () => {
    const { page } = session;
    await after(() => page.getByLabel('Order of heads').selectOption('diagonal'));
    const { measures, heads } = (await now()).overview;
    const names = await page.$$eval('.ranked .th', (list) => list.map((one) => one.getAttribute('aria-label') ?? ''));
    const shares = names.map((name) => Number(/(\d+) %/.exec(name)![1]));
    expect(shares).toEqual([...measures.diagonal].map((share) => Math.round(share * 100)).sort((a, b) => b - a));
    expect(names[0]).toContain('Most diagonal');
    const facts = (await now()).facts;
    const actions = await after(() => page.locator('.facts dt:has(.mark.sink) + dd button').click());
    expect(actions).toEqual([{ type: 'setHead', layer: facts.sink.layer, head: facts.sink.head }]);
    expect(await page.locator('.th[aria-selected="true"]').getAttribute('data-head')).toBe(String(facts.sink.head));
    await page.locator('.ranked .th').first().focus();
    await page.keyboard.press('End');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(names.at(-1));
    await session.act({ type: 'setSort', sort: 'layer' });
    expect(await page.locator('.mat .th').count()).toBe(measures.sink.length);
    expect(await page.locator(`.mat .th[data-head="${heads - 1}"]`).count()).toBe(measures.sink.length / heads);
    await session.act({ type: 'setHead', layer: 2, head: 0 });
  });

  test('M masks a key: the strip says it, the window shows before against after, and Reset takes it back', async () => {
    const { page } = session;
    await cell(HOSPITAL.row, HOSPITAL.col).focus();
    const row = (await now()).rows[HOSPITAL.row]!;
    await session.act({ type: 'setQuery', query: row.from });
    const actions = await after(() => page.keyboard.press('m'));
    const key = (await now()).cols[HOSPITAL.col]!;
    expect(actions).toEqual([{ type: 'setWhatIf', whatIf: { mask: [key.from] } }]);
    const { whatIf } = await now();
    expect(await page.locator('.what-if').innerText()).toMatch(/What if.*could look at\s*hospital/s);
    const shown = await page.locator('#what-if').innerText();
    expect(shown).toContain(whatIf!.after.predictions[0]!.text);
    expect(shown).toContain(`rank ${whatIf!.before.actual!.rank} →`);
    expect(shown).toContain(`rank ${whatIf!.after.actual!.rank}`);
    expect(shown).toContain(whatIf!.after.logProbability!.toFixed(2).replace('-', '−'));
    const bars = page.locator('#what-if tr', { hasText: 'hospital' });
    expect(await bars.innerText()).toMatch(new RegExp(`${whatIf!.before.weights[key.from]!.toFixed(3)}\\s+masked`));
    expect(await cell(HOSPITAL.row, HOSPITAL.col).getAttribute('aria-label')).toMatch(
      /hospital: masked, before 0\.\d+/,
    );
    expect(await page.locator('.chip.struck').innerText()).toBe('hospital');
    expect(await page.locator('[role=status].sr').last().innerText()).toMatch(
      /What if.*the whole target is .* less likely/,
    );
    const undone = await after(() => page.getByRole('button', { name: 'Reset' }).click());
    expect(undone).toEqual([{ type: 'clearWhatIf' }]);
    expect(await page.locator('#what-if, .what-if, .chip.struck').count()).toBe(0);
  });

  test('F forces a row onto keys, from the menu of a cell and of a key too; each change is taken back by itself', async () => {
    const { page } = session;
    await cell(3, 4).focus();
    const row = (await now()).rows[3]!;
    await after(() => page.keyboard.press('f'), 2);
    expect(session.view.whatIf).toEqual({ mask: [], force: { query: row.from, keys: [4] } });
    await cell(3, 5).click({ button: 'right' });
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual([
      expect.stringContaining('Mask “a”'),
      expect.stringContaining('Force “一家” here'),
      'Reset',
    ]);
    await page.keyboard.press('ArrowDown');
    await after(() => page.keyboard.press('Enter'));
    expect(session.view.whatIf?.force?.keys).toEqual([4, 5]);
    expect(await cell(3, 5).getAttribute('aria-label')).toContain('weight 0.500');
    await page.locator('.col.opens span', { hasText: 'father' }).click();
    await after(() => page.getByRole('menuitem', { name: /Mask “father”/ }).click());
    expect(session.view.whatIf).toEqual({ mask: [2], force: { query: row.from, keys: [4, 5] } });
    expect(await page.locator('.say').first().innerText()).not.toBe('');
    await after(() => page.getByRole('button', { name: 'Put no weight on a' }).click());
    await after(() => page.getByRole('button', { name: 'Don’t force' }).click());
    expect(session.view.whatIf).toEqual({ mask: [2] });
    await after(() => page.getByRole('button', { name: 'Unmask father', exact: true }).click());
    expect(session.view.whatIf).toBeUndefined();
  });

  test('the rows of the stepper are walked by the keyboard, mask with M, and light their key in the picture', async () => {
    const { page } = session;
    await session.act({ type: 'setQuery', query: 0 });
    await page.locator('#phase-body tr[data-key][tabindex="0"]').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.key)).toBe('1');
    expect(await page.locator('.col.hov').innerText()).toBe('My');
    const actions = await after(() => page.keyboard.press('m'));
    expect(actions).toEqual([{ type: 'setWhatIf', whatIf: { mask: [1] } }]);
    await session.act({ type: 'setPhase', phase: 'combine' });
    expect(await page.locator('#phase-body tr[data-key="1"]').innerText()).toContain('masked');
    await session.act({ type: 'clearWhatIf' });
    await session.act({ type: 'setPhase', phase: 'match' });
  });

  test.each(['value', 'rollout'] as const)('the matrix %s is named in title, legend and tooltip', async (matrix) => {
    const { page } = session;
    await session.act({ type: 'setMatrix', matrix });
    const name = matrix === 'value' ? '‖weight × value × W_O‖' : 'rollout';
    expect(await page.locator('.legend').innerText()).toContain(name);
    await cell(2, 4).hover();
    const { values, cols } = await now();
    expect(await page.locator('.tip').innerText()).toMatch(new RegExp(`${values[2 * cols.length + 4]!.toFixed(3)}`));
    await session.act({ type: 'setMatrix', matrix: 'attention' });
  });

  test('lines: the keyboard goes along the strongest, a swatch isolates a head, the threshold leaves lines out', async () => {
    const { page } = session;
    await session.act({ type: 'setPicture', picture: 'lines' });
    await page.locator('.of-rows .token[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    for (let i = 0; i < HOSPITAL.row; i++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('hospital');
    expect(await page.locator('.of-rows .token.hov').count()).toBeGreaterThan(0);
    const isolated = await after(() => page.getByRole('button', { name: 'H3', exact: true }).click());
    expect(isolated).toEqual([{ type: 'setHead', head: 2 }]);
    const all = await after(() => page.getByRole('button', { name: 'H3', exact: true }).click());
    expect(all).toEqual([{ type: 'setHead', head: 'mean' }]);
    const inked = () =>
      page.$eval('ax-lines canvas', (canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const { data } = (canvas as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length;
      });
    await page.locator('#heatmap h2, .view-bar').first().hover();
    await page.locator('.chip.now').focus();
    const drawn = async () =>
      Number(/^[\d,]+/.exec(await page.locator('.lines-note').innerText())![0].replace(',', ''));
    const atLeast = async (least: number) => (await now()).headWeights!.filter((weight) => weight >= least).length;
    expect(await page.locator('.threshold').innerText()).toContain('0.10');
    expect(await drawn()).toBe(await atLeast(0.1));
    const before = await inked();
    await page.locator('.threshold input').focus();
    await page.keyboard.press('End');
    expect(await drawn()).toBe(await atLeast(0.9));
    expect(await inked()).toBeLessThan(before);
    await page.getByRole('button', { name: 'Automatic' }).click();
    expect(await drawn()).toBe(await atLeast(0.1));
    await session.act({ type: 'setHead', layer: 2, head: 0 });
    await session.act({ type: 'setPicture', picture: 'heatmap' });
    expect(session.problems).toEqual([]);
  });

  test.each(THEMES)('axe finds nothing serious in %s, with an alignment, ranked heads and a what-if', async (theme) => {
    await session.page.evaluate((name) => window.setTheme(name), theme);
    const states: readonly Action[][] = [
      [
        { type: 'setAlignment', alignment: 'model' },
        { type: 'setSort', sort: 'sink' },
        { type: 'setWhatIf', whatIf: { mask: [2], force: { query: 3, keys: [4] } } },
      ],
      [
        { type: 'setPicture', picture: 'lines' },
        { type: 'setHead', head: 'mean' },
      ],
    ];
    await session.page.setViewportSize({ width: 400, height: 1400 });
    for (const actions of states) {
      for (const action of actions) await session.act(action);
      await session.page.waitForFunction(() => document.documentElement.scrollWidth <= 400);
      expect(await seriousFindings(session.page, 'main')).toEqual([]);
    }
    await session.page.setViewportSize({ width: 1200, height: 1400 });
    await session.act({ type: 'clearWhatIf' });
    await session.act({ type: 'setPicture', picture: 'heatmap' });
    await session.act({ type: 'setHead', head: 0 });
  });

  test.each([58, 398])(
    '%i tokens: lines stay in the window, scroll in themselves, and the keyboard reaches the last',
    async (count) => {
      const words = ['the', 'old', 'man', 'walks', 'to', 'house', 'near', 'river'];
      const source = Array.from({ length: count }, (_, i) => words[i % words.length]).join(' ');
      await session.explore(source, '老人慢慢地走向河边的大房子。'.repeat(count > 100 ? 40 : 5));
      await session.act({ type: 'setAlignment', alignment: 'argmax' });
      await session.act({ type: 'setPicture', picture: 'lines' });
      const { page } = session;
      await page.locator('.of-cols .token[tabindex="0"]').focus();
      await page.keyboard.press('End');
      const token = (await page.locator('.of-cols .token:focus').boundingBox())!;
      const frame = (await page.locator('.lines-scroll').boundingBox())!;
      expect(frame.height).toBeLessThanOrEqual(640);
      expect(token.height).toBeGreaterThanOrEqual(14);
      expect(token.y + token.height).toBeLessThanOrEqual(frame.y + frame.height + 1);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1200);
      await session.act({ type: 'setPicture', picture: 'heatmap' });
      expect(session.problems).toEqual([]);
    },
  );
});
