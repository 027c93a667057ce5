import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Action } from '../../src/contract/view-state.ts';
import { launchChromium } from './gallery/launch-chromium.ts';
import { PanelSession } from './gallery/panel-session.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser?.close());

const SOURCE = 'I like eating ice cream.';
const TARGET = '我喜欢吃冰淇淋。';
const LONG = ['The boy sings in the big garden and reads a good book. '.repeat(34).trim(), TARGET] as const;

async function after(actions: readonly Action[], [source, target]: readonly [string, string] = [SOURCE, TARGET]) {
  const session = await PanelSession.open(browser, { width: 700 });
  await session.explore(source, target);
  for (const action of actions) await session.act(action);
  await session.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))));
  return session;
}

/** All that a person gets of picture, chips and stepper: texts, names, titles, colours, bars and where they stand. */
const seen = ({ page }: PanelSession) =>
  page.evaluate(() => {
    const list = (selector: string, of: (element: HTMLElement) => unknown) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map((element) => of(element));
    const place = (element: Element) => {
      const { left, top } = element.getBoundingClientRect();
      return [left, top];
    };
    return {
      cells: list('.cell', (one) => [
        one.ariaLabel,
        one.className,
        one.tabIndex,
        getComputedStyle(one).backgroundColor,
      ]),
      reader: list('.map .sr', (one) => one.textContent?.replace(/\s+/g, ' ')),
      chips: list('.chip', (one) => {
        const { backgroundColor, color } = getComputedStyle(one);
        return [one.textContent, one.title, one.className, backgroundColor, color];
      }),
      stepper: list('#phase-body', (one) => one.innerText),
      strips: list('#phase-body .strip', (one) => [one.ariaLabel, one.offsetWidth, one.offsetHeight, place(one)]),
      bars: list('#phase-body .strip svg', (one) => [
        place(one),
        [...one.children].map((path) => path.getAttribute('d')),
      ]),
    };
  });

const phase = (to: 'query' | 'match' | 'combine'): Action => ({ type: 'setPhase', phase: to });
const head = (to: number): Action => ({ type: 'setHead', layer: to, head: to });

describe('what is changed in place is what it would be if it were drawn anew', () => {
  test.each(['query', 'match', 'combine'] as const)('another head and phase, and back to %s', async (last) => {
    const way: Action[] = [phase('query'), phase('match'), phase('combine'), head(0), phase('match'), head(1)];
    const [changed, anew] = [await after([...way, phase(last)]), await after([head(1), phase(last)])];
    expect(await seen(changed)).toEqual(await seen(anew));
    await changed.close();
    await anew.close();
  });

  test('another kind and another query: masks go, and come', async () => {
    const decoder: Action[] = [{ type: 'setKind', kind: 'decoder' }, { type: 'setQuery', query: 2 }, phase('match')];
    const way: Action[] = [phase('match'), { type: 'setQuery', query: 5 }, { type: 'setKind', kind: 'decoder' }];
    const [changed, anew] = [await after([...way, head(2), head(0), ...decoder]), await after([head(0), ...decoder])];
    expect((await seen(changed)).cells.some((one) => String(one).includes('masked'))).toBe(true);
    expect(await seen(changed)).toEqual(await seen(anew));
    const back: Action[] = [
      { type: 'setKind', kind: 'cross' },
      head(1),
      phase('match'),
      { type: 'setQuery', query: 2 },
    ];
    for (const session of [changed, anew]) for (const action of back) await session.act(action);
    const fresh = await after(back);
    expect(await seen(changed)).toEqual(await seen(fresh));
    for (const session of [changed, anew, fresh]) await session.close();
  });

  test('chips of a long text have the tint of the head that is shown when they come into sight', async () => {
    const changed = await after([head(0), head(1)], LONG);
    const line = '.chips[data-side=source]';
    const tops = await changed.page.$eval(line, ({ scrollHeight, clientHeight }) => {
      const count = Math.floor(scrollHeight / clientHeight);
      return Array.from({ length: count + 1 }, (_, i) => i * clientHeight);
    });
    expect(tops.length).toBeGreaterThan(4);
    const inSight = (session: PanelSession, top: number) =>
      session.page.$eval(
        line,
        async (chips, scroll) => {
          chips.scrollTop = scroll;
          await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          const frame = chips.getBoundingClientRect();
          return [...chips.children]
            .filter((chip) => {
              const { top, bottom } = chip.getBoundingClientRect();
              return bottom > frame.top && top < frame.bottom;
            })
            .map((chip) => [(chip as HTMLElement).title, getComputedStyle(chip).backgroundColor]);
        },
        top,
      );
    for (const [i, top] of tops.entries()) {
      // Each is another head: what is out of sight was left as it was.
      await changed.act(head(i % 3));
      const shown = await inSight(changed, top);
      const fresh = await after([head(i % 3)], LONG);
      expect(shown).toEqual(await inSight(fresh, top));
      expect(shown.length).toBeGreaterThan(10);
      await fresh.close();
    }
    await changed.close();
  });

  test('a phase that was left is neither heard nor reached', async () => {
    const session = await after([phase('query'), phase('combine'), phase('match')]);
    const devtools = await session.page.context().newCDPSession(session.page);
    const { nodes } = await devtools.send('Accessibility.getFullAXTree');
    const named = (name: string) =>
      nodes.filter(({ role, ...node }) => role?.value === 'grid' && node.name?.value === name).length;
    expect(named('Scores and weights of every key; the weights sum to 1')).toBe(1);
    expect(named('The query and the keys of every token')).toBe(0);
    expect(named('Weights, values, and their sum, the context')).toBe(0);
    expect(await session.page.locator('ax-stepper').innerText()).not.toContain('All heads together');
    await session.page.locator('[role=tab][aria-selected=true]').focus();
    for (let i = 0; i < 30; i++) {
      await session.page.keyboard.press('Tab');
      expect(
        await session.page.evaluate(() => document.activeElement?.closest('.phase.left') ?? undefined),
      ).toBeUndefined();
    }
    await session.close();
  });
});
