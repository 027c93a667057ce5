import { expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { EnginePool } from '../../../src/engine/engine-pool.ts';
import type { ViewState } from '../../../src/exploration/view-state.ts';
import type { ExplorationView } from '../../../src/protocol/exploration-view.ts';
import type { RunSummary } from '../../../src/protocol/run.ts';

/** An engine whose runs end when they are told to; it says which it is. */
class Told {
  readonly ends: (() => void)[] = [];
  readonly dropped: string[] = [];
  disposed = false;

  constructor(readonly name: string) {}

  readonly engine = {
    run: () =>
      new Promise<RunSummary>((resolve) => {
        const runId = `${this.name}${this.ends.length}`;
        this.ends.push(() => resolve({ runId } as RunSummary));
      }),
    view: async (runId: string) => ({ runId: `${this.name} shows ${runId}` }) as ExplorationView,
    drop: (runId: string) => this.dropped.push(runId),
    dispose: () => {
      this.disposed = true;
    },
  } as unknown as Engine;
}

function pool(size: number) {
  const told: Told[] = [];
  const engines = new EnginePool(
    () => {
      told.push(new Told('abc'[told.length] ?? '?'));
      return told.at(-1)!.engine;
    },
    () => size,
  );
  const run = () => engines.run({ folder: '', source: 'x' });
  return { told, engines, run };
}

test('one run after the other needs one engine, however many there may be', async () => {
  const { told, run } = pool(3);
  for (let i = 0; i < 3; i++) {
    const running = run();
    told[0]!.ends[i]!();
    await running;
  }
  expect(told.length).toBe(1);
});

test('runs at once go to engines of their own up to the size, then to the one with least to do', async () => {
  const { told, run } = pool(2);
  const running = [run(), run(), run()];
  expect(told.map(({ ends }) => ends.length)).toEqual([2, 1]);
  told[1]!.ends[0]!();
  expect((await running[1])!.runId).toBe('b0');
  void run();
  expect(told.map(({ ends }) => ends.length)).toEqual([2, 2]);
});

test('what is asked of a run goes where it is kept, and dropping forgets it there', async () => {
  const { told, engines, run } = pool(2);
  const [first, second] = [run(), run()];
  for (const { ends } of told) ends[0]!();
  await Promise.all([first, second]);
  expect((await engines.view('b0', {} as ViewState)).runId).toBe('b shows b0');
  engines.drop('b0');
  expect(told.map(({ dropped }) => dropped)).toEqual([[], ['b0']]);
  expect((await engines.view('b0', {} as ViewState)).runId).toBe('a shows b0');
  engines.dispose();
  expect(told.every(({ disposed }) => disposed)).toBe(true);
});
