import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Workbench } from './workbench.ts';

/** A step of the walkthrough, its button, and what shows in the panel that the button did it. */
const STEPS = [
  ['Start with a pair', 'Explore an Example', '[role=gridcell][aria-label^="冰淇淋 → cream: "]'],
  ['Query: what a token asks for', 'Go to Query', '#phase-query[aria-selected=true]'],
  ['Match: where it looks', 'Go to Match', '#phase-match[aria-selected=true]'],
  ['Combine: what it takes along', 'Go to Combine', '#phase-combine[aria-selected=true]'],
  ['What it costs', 'Show Complexity', '#complexity:focus'],
] as const;

let workbench: Workbench;

const heading = ({ page } = workbench) => page.getByRole('heading', { name: 'Get Started with Attention' }).last();
const done = (title: string, { page } = workbench) =>
  page.locator('.getting-started-step', { hasText: title }).locator('.complete').first();

beforeAll(async () => {
  // A step that was clicked takes the focus when it has slid open. Without the slide that is at once, so that it never
  // takes it back from the panel, which the step's button has given it to.
  workbench = await Workbench.open({ settings: { 'workbench.reduceMotion': 'on' } });
  // From the palette; what follows has an extension that runs.
  await workbench.command('Attention: Get Started');
  await heading().waitFor();
  await workbench.command('View: Close Editor');
  await workbench.openFromExplorer('attention.py');
});

afterAll(() => workbench?.close());

describe('learning, in the window', () => {
  test('a hover on a call has its numbers, and leads to Get Started', async () => {
    const hover = await workbench.hover('MultiheadAttention', 'self_attention = nn', 'Multi-head attention');
    expect(await hover.textContent()).toContain('It learns 1,050,624 parameters (4.0 MiB)');
    await hover.getByRole('link', { name: 'Get started' }).click();
    await heading().waitFor();
  });

  test('each step of Get Started does what it says and ticks itself off', async () => {
    const { page } = workbench;
    const step = (title: string) => page.locator('.getting-started-step', { hasText: title });
    for (const [title, button, shown] of STEPS) {
      await step(title).click();
      expect(await done(title).count(), `${title}, before`).toBe(0);
      await page.getByRole('button', { name: button }).click();
      await workbench.panel.locator(shown).waitFor({ state: 'attached' });
      await done(title).waitFor();
    }
    await workbench.picture('walkthrough');
    const last = 'Cross-attention and self-attention';
    await step(last).click();
    await page.getByRole('button', { name: 'Compare Side by Side' }).click();
    await done(last).waitFor();
    await page.getByRole('tab', { name: /^Compare: / }).waitFor();
  });

  test('what was done before Get Started was opened is ticked off, the rest is not', async () => {
    const another = await Workbench.open();
    try {
      await another.openFromExplorer('pairs.tsv');
      await another.command('Attention: Explore Line Under Cursor');
      await another.cell('冰淇淋', 'ice').waitFor();
      await another.command('Attention: Get Started');
      await heading(another).waitFor();
      await done('Start with a pair', another).waitFor();
      expect(await done('Match: where it looks', another).count()).toBe(0);
    } finally {
      await another.close();
    }
  });
});
