// What a step to another head or phase costs the panel's page: bundled and run by panel.mjs.
import type { CDPSession, Page } from 'playwright-core';
import type { Action, Phase } from '../../src/contract/view-state.ts';
import { launchChromium } from '../../test/browser/gallery/launch-chromium.ts';
import { PanelSession } from '../../test/browser/gallery/panel-session.ts';

/** Milliseconds of processor time of the page's main thread, one entry a step. */
export interface StepCost {
  /** Until the picture stood: script, style, layout, paint. */
  readonly painted: number[];
  /** Everything, what comes after the picture too. */
  readonly all: number[];
  /** Of all: style and layout. */
  readonly layout: number[];
}

export interface PairSteps {
  readonly sources: number;
  readonly targets: number;
  readonly heads: StepCost;
  readonly phases: StepCost;
  /** What a step takes in which nothing is shown: the measuring itself, which is in all the others. */
  readonly nothing: number[];
}

const WORDS = 'the little boy wants to read a good book in a big garden and his sister sings'.split(' ');
const CHARACTERS = '这个小男孩想在花园里读一本好书我们今天去学校学习中文'.split('');
/** Steps before those that count. */
const WARM = 6;
const PHASES: readonly Phase[] = ['query', 'match', 'combine'];

/** Texts of about so many tokens each. */
function pairOf(tokens: number): [string, string] {
  const cut = (words: readonly string[], length: number) => Array.from({ length }, (_, i) => words[i % words.length]);
  // Characters are joined to pieces.
  return [cut(WORDS, tokens).join(' '), cut(CHARACTERS, Math.round(1.7 * tokens)).join('')];
}

/** @param sizes tokens of each side, about    @param rounds steps measured of each kind, after a few to warm up */
export async function panelSteps(sizes: readonly number[], rounds: number): Promise<PairSteps[]> {
  const browser = await launchChromium();
  try {
    const results: PairSteps[] = [];
    for (const size of sizes) {
      const session = await PanelSession.open(browser, { width: 1200, height: 1000 });
      await session.explore(...pairOf(size));
      const { sourceTokens, targetTokens, model } = session.summary;
      const meter = await Meter.on(session.page);
      const heads = (i: number): Action => ({
        type: 'setHead',
        head: i % model.decoderHeads,
        layer: i % model.decoderLayers,
      });
      const phases = (i: number): Action => ({ type: 'setPhase', phase: PHASES[i % 3]! });
      const steps = async (action: (i: number) => Action) => {
        const cost: StepCost = { painted: [], all: [], layout: [] };
        for (let i = 1; i <= rounds + WARM; i++) {
          const one = await meter.step(session, action(i));
          if (i > WARM) for (const key of ['painted', 'all', 'layout'] as const) cost[key].push(one[key]);
        }
        return cost;
      };
      results.push({
        sources: sourceTokens.length,
        targets: targetTokens.length,
        heads: await steps(heads),
        phases: await steps(phases),
        nothing: await meter.nothing(rounds),
      });
      await session.close();
    }
    return results;
  } finally {
    await browser.close();
  }
}

/** Reads how long the main thread of a page has worked, as Chromium counts it. */
class Meter {
  private constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  static async on(page: Page): Promise<Meter> {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    return new Meter(page, devtools);
  }

  /** Takes the step; what reaches the page is there before the clock starts, as a buffer is after its transfer. */
  async step(session: PanelSession, action: Action): Promise<Record<keyof StepCost, number>> {
    await session.prepare(action);
    await this.quiet();
    const before = await this.read();
    const from = session.received.length;
    await this.page.evaluate(() => window.releaseMessages());
    await session.waitFor((message) => message.type === 'painted', from);
    const painted = await this.read();
    await this.quiet();
    const after = await this.read();
    return {
      painted: painted.task - before.task,
      all: after.task - before.task,
      layout: after.layout - before.layout,
    };
  }

  /** Steps of all this without a message. */
  async nothing(rounds: number): Promise<number[]> {
    const costs: number[] = [];
    for (let i = 0; i < rounds; i++) {
      await this.quiet();
      const before = await this.read();
      await this.page.evaluate(() => window.releaseMessages());
      await this.read();
      await this.quiet();
      costs.push((await this.read()).task - before.task);
    }
    return costs;
  }

  /** Until the page has nothing to do. */
  private async quiet(): Promise<void> {
    await this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => setTimeout(() => requestIdleCallback(() => setTimeout(resolve, 40)), 0));
        }),
    );
  }

  private async read() {
    const { metrics } = await this.devtools.send('Performance.getMetrics');
    const of = (name: string) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? 0);
    return {
      task: of('TaskDuration'),

      layout: of('LayoutDuration') + of('RecalcStyleDuration'),
    };
  }
}
