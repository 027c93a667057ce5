import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Action } from '../../src/contract/view-state.ts';
import type { PanelState } from '../../src/messages/host-messages.ts';
import { foreignWords, squeezed } from './gallery/language.ts';
import { launchChromium } from './gallery/launch-chromium.ts';
import { PanelSession } from './gallery/panel-session.ts';

const SOURCE = 'My father works in a big hospital.';
const TARGET = '我父亲在一家大医院工作。';
const WIDTHS = [400, 700, 1200] as const;

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

const open = (width: number, page?: 'exploration' | 'comparison') =>
  PanelSession.open(browser, { width, language: 'zh-cn', page });

/** Every word of the pair and its pieces, which may stand in any language. */
const words = ({ summary }: PanelSession) => [
  ...summary.sourceTokens.map(({ text }) => text),
  ...summary.targetTokens.map(({ text }) => text),
  summary.source,
  summary.target,
  summary.model.name,
  summary.model.family,
];

const STEPS: readonly Action[] = [
  { type: 'setPhase', phase: 'query' },
  { type: 'setPhase', phase: 'match' },
  { type: 'setPhase', phase: 'combine' },
  { type: 'setUnit', unit: 'pieces' },
  { type: 'setPicture', picture: 'lines' },
  { type: 'setPicture', picture: 'heatmap' },
  { type: 'setMatrix', matrix: 'value' },
  { type: 'setMatrix', matrix: 'rollout' },
  { type: 'setMatrix', matrix: 'attention' },
  { type: 'setAlignment', alignment: 'argmax' },
  { type: 'setAlignment', alignment: 'model' },
  { type: 'setSort', sort: 'sink' },
  { type: 'setWhatIf', whatIf: { mask: [1] } },
  { type: 'clearWhatIf' },
  { type: 'setKind', kind: 'encoder' },
  { type: 'setKind', kind: 'decoder' },
  { type: 'setSpecial', special: 'hide' },
  { type: 'setHead', head: 'mean', layer: 'mean' },
];

describe.each(WIDTHS)('the window in Chinese, %i px wide', (width) => {
  test('says nothing in English, and cuts nothing off, through every phase and kind', async () => {
    const session = await open(width);
    await session.explore(SOURCE, TARGET);
    for (const action of STEPS) {
      await session.act(action);
      const at = JSON.stringify(action);
      expect({ at, foreign: await foreignWords(session.page, words(session)) }).toEqual({ at, foreign: [] });
      expect({ at, squeezed: await squeezed(session.page) }).toEqual({ at, squeezed: [] });
    }
    expect(await session.page.getAttribute('html', 'lang')).toBe('zh-cn');
    expect(session.problems).toEqual([]);
    await session.close();
  });

  test('says so too while it runs, fails, is empty or out of date', async () => {
    const session = await open(width);
    const states: readonly PanelState[] = [
      { status: 'empty', stale: false, playing: false },
      { status: 'running', stale: false, playing: false, progress: { done: 0.4, stage: 'encode' } },
      { status: 'failed', stale: false, playing: false },
    ];
    for (const state of states) {
      await session.post({ type: 'state', state });
      await session.page.locator('.blank h1').waitFor();
      expect({ state, foreign: await foreignWords(session.page, []) }).toEqual({ state, foreign: [] });
      expect({ state, squeezed: await squeezed(session.page) }).toEqual({ state, squeezed: [] });
    }
    await session.explore(SOURCE, TARGET);
    await session.setState({ stale: true });
    await session.page.getByRole('button', { name: '更多操作' }).click();
    await session.page.getByRole('menuitem').first().waitFor();
    expect(await foreignWords(session.page, words(session))).toEqual([]);
    expect(await squeezed(session.page)).toEqual([]);
    await session.close();
  });

  test('compares in Chinese', async () => {
    const session = await open(width, 'comparison');
    await session.compare(SOURCE, TARGET, [], [{ type: 'setKind', kind: 'encoder' }]);
    expect(await foreignWords(session.page, words(session))).toEqual([]);
    expect(await squeezed(session.page)).toEqual([]);
    await session.close();
  });
});

test('the check itself finds English and what does not fit', async () => {
  const session = await open(400);
  await session.explore(SOURCE, TARGET);
  await session.page.evaluate(() => {
    const add = (html: string) => document.body.insertAdjacentHTML('beforeend', html);
    add('<p>Nothing <bdi>of</bdi> ours</p><button id="narrow" aria-label="Spoken">很长的按钮</button>');
    const narrow = document.querySelector<HTMLElement>('#narrow')!;
    Object.assign(narrow.style, { width: '30px', overflow: 'hidden', whiteSpace: 'nowrap' });
    add('<p>hospital softmax nat</p><i title="Hidden hint"></i>');
  });
  expect(await foreignWords(session.page, words(session))).toEqual(['Nothing', 'ours', 'Spoken', 'Hidden', 'hint']);
  expect(await squeezed(session.page)).toEqual(['很长的按钮']);
  await session.close();
});
