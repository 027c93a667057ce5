import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { abortError } from '../../../src/base/scheduling.ts';
import { ExplorerError } from '../../../src/contract/error.ts';
import type { RunRequest, RunSummary } from '../../../src/contract/run.ts';
import type { ComputedView, ExplorationView } from '../../../src/contract/view.ts';
import type { ViewState } from '../../../src/contract/view-state.ts';
import { buildView } from '../../../src/run/build-view.ts';
import { PLAY_STEP } from '../../../src/session/play.ts';
import { Session, type SessionEngine } from '../../../src/session/session.ts';
import { fixtureRun } from '../run/fixture-run.ts';

const marian = await fixtureRun('marian');
const START = { kind: 'cross', unit: 'words', special: 'dim' } as const;

/** An engine whose answers a test gives when it likes. */
class FakeEngine implements SessionEngine {
  readonly runs: { readonly request: RunRequest; resolve(run: RunSummary): void; reject(error: unknown): void }[] = [];
  readonly views: { readonly state: ViewState; answer(): void; reject(error: unknown): void }[] = [];
  readonly dropped: string[] = [];
  readonly lines: number[] = [];

  run(request: RunRequest, { signal }: { readonly signal?: AbortSignal } = {}): Promise<RunSummary> {
    return new Promise((resolve, reject) => {
      this.runs.push({ request, resolve, reject });
      signal?.addEventListener('abort', () => reject(abortError()));
    });
  }

  view(
    { runId, state }: { readonly runId: string; readonly state: ViewState },
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<ComputedView> {
    return new Promise((resolve, reject) => {
      this.views.push({ state, answer: () => resolve({ ...buildView(marian, state), runId }), reject });
      signal?.addEventListener('abort', () => reject(abortError()));
    });
  }

  tiledLine({ index }: { readonly index: number }): Promise<Float32Array> {
    this.lines.push(index);
    return Promise.resolve(Float32Array.of(index));
  }

  drop(runId: string): void {
    this.dropped.push(runId);
  }
}

const summary = (runId: string): RunSummary => ({ ...marian.summary, runId });
const request = (source: string) => () => Promise.resolve({ folder: '', source } as RunRequest);
/** Until all that can go on without an answer has gone on. */
const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

let engine: FakeEngine;
let session: Session<string>;
let shown: ExplorationView[];
let failures: unknown[];
let lost: (ViewState | undefined)[];

beforeEach(() => {
  engine = new FakeEngine();
  session = new Session(engine, () => START);
  [shown, failures, lost] = [[], [], []];
  session.onDidChangeView((view) => shown.push(view));
  session.onDidFail((error) => failures.push(error));
  session.onDidLose((state) => lost.push(state));
});

afterEach(() => {
  vi.useRealTimers();
  session.dispose();
});

/** Explores a pair to its first view. */
async function open(runId: string): Promise<void> {
  const exploring = session.explore(runId, {}, request(runId));
  await settled();
  engine.runs.at(-1)!.resolve(summary(runId));
  await settled();
  engine.views.at(-1)!.answer();
  await exploring;
}

describe('runs', () => {
  it('the newest wins, whichever is answered first, and the older one is dropped', async () => {
    const first = session.explore('a', {}, request('a'));
    await settled();
    const second = session.explore('b', {}, request('b'));
    await settled();
    expect(await first).toBeUndefined();
    engine.runs[0].resolve(summary('a'));
    engine.runs[1].resolve(summary('b'));
    await settled();
    engine.views[0].answer();
    expect((await second)?.runId).toBe('b');
    expect([session.pair, session.run?.runId, session.status]).toEqual(['b', 'b', 'ready']);
    expect(failures).toEqual([]);
  });

  it('one that fails leaves the earlier one to look at, and says why', async () => {
    await open('a');
    const failing = session.explore('b', {}, request('b'));
    await settled();
    const reason = new ExplorerError('text-empty', 'The source is empty.');
    engine.runs[1].reject(reason);
    expect(await failing).toBeUndefined();
    expect([session.status, session.failure, session.run?.runId]).toEqual(['failed', reason, 'a']);
    expect(failures).toEqual([reason]);
    expect(session.attempt?.pair).toBe('b');
  });

  it('one that is cancelled leaves the earlier one, without a word', async () => {
    await open('a');
    const cancelled = session.explore('b', {}, request('b'));
    await settled();
    expect(session.status).toBe('running');
    session.cancel();
    expect(await cancelled).toBeUndefined();
    expect([session.status, session.run?.runId, failures]).toEqual(['ready', 'a', []]);
  });

  it('a request that cannot be read is a failure like any other', async () => {
    await session.explore('a', {}, () => Promise.reject(new Error('gone')));
    expect(session.status).toBe('failed');
    expect(engine.runs).toEqual([]);
  });

  it('an earlier run is dropped when another takes its place, and the last one at the end', async () => {
    await open('a');
    await open('b');
    expect(engine.dropped).toEqual(['a']);
    session.dispose();
    expect(engine.dropped).toEqual(['a', 'b']);
  });

  it('a shared run is left to the session that it belongs to', async () => {
    const sharing = session.share('a', summary('a'), undefined);
    engine.views[0].answer();
    await sharing;
    expect(session.run?.runId).toBe('a');
    await open('b');
    session.dispose();
    expect(engine.dropped).toEqual(['b']);
  });
});

describe('views', () => {
  it('of quick successive actions only the last is computed and shown', async () => {
    await open('a');
    const before = engine.views.length;
    const acting = [0, 1, 2].map((head) => session.act({ type: 'setHead', layer: 1, head: head % 2 }));
    await settled();
    // The first was asked for and stopped; those between were never asked for.
    expect(engine.views.length).toBe(before + 2);
    engine.views.at(-1)!.answer();
    await Promise.all(acting);
    expect(shown.length).toBe(2);
    expect([shown[1].state.layer, shown[1].state.head]).toEqual([1, 0]);
    expect(session.view).toBe(shown[1]);
  });

  it('a run that the engine has forgotten is asked for once, then it is a failure', async () => {
    await open('a');
    const gone = new ExplorerError('run-gone', 'This exploration is no longer in memory.');
    const first = session.act({ type: 'setPhase', phase: 'query' });
    await settled();
    engine.views.at(-1)!.reject(gone);
    await first;
    expect(lost.map((state) => state?.phase)).toEqual(['query']);
    expect(failures).toEqual([]);
    const second = session.act({ type: 'setPhase', phase: 'combine' });
    await settled();
    engine.views.at(-1)!.reject(gone);
    await second;
    expect(lost.length).toBe(1);
    expect(failures).toEqual([gone]);
  });

  it('any other error of a view is a failure, and the view before stays', async () => {
    await open('a');
    const acting = session.act({ type: 'setPhase', phase: 'query' });
    await settled();
    engine.views.at(-1)!.reject(new Error('internal'));
    await acting;
    expect(failures.length).toBe(1);
    expect(session.view?.state.phase).toBe('match');
  });
});

describe('play', () => {
  /** Plays one step of its time, and answers the view that is asked for. */
  async function step(): Promise<void> {
    await vi.advanceTimersByTimeAsync(PLAY_STEP);
    engine.views.at(-1)!.answer();
    await vi.advanceTimersByTimeAsync(0);
  }

  it('steps through phases and tokens, and ends by itself at the last', async () => {
    await open('a');
    vi.useFakeTimers();
    session.play();
    const seen: string[] = [];
    for (let steps = 0; session.playing && steps < 100; steps++) {
      await step();
      seen.push(`${session.state?.query} ${session.state?.phase}`);
    }
    expect(session.playing).toBe(false);
    expect(session.state?.phase).toBe('combine');
    expect(new Set(seen).size).toBe(seen.length - 1);
  });

  it('ends with an action of a person', async () => {
    await open('a');
    vi.useFakeTimers();
    session.play();
    expect(session.playing).toBe(true);
    const acting = session.act({ type: 'nextPhase' });
    expect(session.playing).toBe(false);
    engine.views.at(-1)!.answer();
    await acting;
    const asked = engine.views.length;
    await vi.advanceTimersByTimeAsync(3 * PLAY_STEP);
    expect(engine.views.length).toBe(asked);
  });
});

describe('lines of a long run', () => {
  it('are asked for once, and those used last are cached', async () => {
    await open('a');
    const view = session.view!;
    const info = { id: 'one', of: 'weight', rows: 99, cols: 99, top: 0 } as const;
    const map: ExplorationView['map'] = { kind: 'tiled', info, rowWeights: new Float32Array(99) };
    const acting = session.act({ type: 'setPhase', phase: 'query' });
    await settled();
    // A view as of a long run, in place of the one that was asked for.
    vi.spyOn(session, 'view', 'get').mockReturnValue({ ...view, map });
    engine.views.at(-1)!.answer();
    await acting;
    for (const index of [3, 3, 4, 3]) expect([...(await session.line('row', index))]).toEqual([index]);
    expect(engine.lines).toEqual([3, 4]);
    for (let index = 10; index < 26; index++) await session.line('row', index);
    await session.line('row', 3);
    expect(engine.lines.at(-1)).toBe(3);
  });

  it('are empty where the view has its matrix', async () => {
    await open('a');
    expect((await session.line('col', 1)).length).toBe(0);
    expect(engine.lines).toEqual([]);
  });
});
