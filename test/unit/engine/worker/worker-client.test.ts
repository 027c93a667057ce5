import { afterEach, describe, expect, it } from 'vitest';
import { ExplorerError } from '../../../../src/contract/error.ts';
import type { RunSummary } from '../../../../src/contract/run.ts';
import { initialView } from '../../../../src/contract/state-bounds.ts';
import type { LoadModel } from '../../../../src/engine/worker/run-store.ts';
import { type PortLike, portTransport } from '../../../../src/engine/worker/transport.ts';
import { type WorkerClient, workerClient } from '../../../../src/engine/worker/worker-client.ts';
import { WorkerEngine } from '../../../../src/engine/worker/worker-loop.ts';
import { withMatrices } from '../../insight/whole-view.ts';
import { smallModel } from '../../run/small-model.ts';

const REQUEST = { folder: '/small', source: 'we like eating', target: 'ab cdef g' };
const open: WorkerClient[] = [];
afterEach(() => {
  for (const client of open.splice(0)) client.dispose();
});

/** A client and a worker engine in one thread, joined by a message channel; `crash` closes it from the worker's side. */
function engine(load: LoadModel = async () => smallModel()) {
  let starts = 0;
  let crash = () => {};
  const client = workerClient(() => {
    starts++;
    const { port1, port2 } = new MessageChannel();
    new WorkerEngine(portTransport(port2 as unknown as PortLike), load, async (folder) => ({
      folder,
      parts: [],
      dtypes: [],
      tokenizerFiles: [],
      card: undefined,
    }));
    crash = () => port2.close();
    return portTransport(port1 as unknown as PortLike);
  });
  open.push(client);
  return { client, crash: () => crash(), starts: () => starts };
}

/** A model that stops at its `at`-th checkpoint until it is let go. */
function held(at = 1) {
  let calls = 0;
  let reached = () => {};
  let letGo = () => {};
  const stopped = new Promise<void>((resolve) => (reached = resolve));
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const model = smallModel(async () => {
    if (++calls !== at) return;
    reached();
    await gate;
  });
  return { model, stopped, letGo: () => letGo(), calls: () => calls };
}

describe('engine over a worker', () => {
  it('loads, runs and shows a pair, and tells how far it is', async () => {
    const { client } = engine();
    const stages: string[] = [];
    const run = await client.run(REQUEST, {
      progress: (done, stage) => {
        expect(done).toBeGreaterThanOrEqual(0);
        expect(done).toBeLessThanOrEqual(1);
        stages.push(stage);
      },
    });
    expect([...new Set(stages)]).toEqual(['read', 'tokenize', 'encode', 'decode']);
    expect(run.sourceTokens[0].text).toBe('>>eng<<');
    const view = withMatrices(await client.view({ runId: run.runId, state: initialView(run) }), run);
    expect(view.values).toBeInstanceOf(Float32Array);
    expect(view.values).toHaveLength(view.rows.length * view.cols.length);
  });

  it('rejects with the same ExplorerError, code and params', async () => {
    const { client } = engine();
    const long = client.run({ ...REQUEST, source: 'x '.repeat(5000) });
    await expect(long).rejects.toBeInstanceOf(ExplorerError);
    await expect(long).rejects.toMatchObject({
      code: 'text-too-long',
      params: { tokens: 5002, max: 40, side: { template: 'source' } },
    });
  });

  it('makes an internal error of any other failure', async () => {
    const { client } = engine(async () => {
      throw new TypeError('boom');
    });
    await expect(client.load({ folder: '/x' })).rejects.toMatchObject({ code: 'internal', params: { reason: 'boom' } });
  });

  it('tries a model again after it could not be read, and reads it once after that', async () => {
    let tries = 0;
    const { client } = engine(async () => {
      if (++tries === 1) throw new ExplorerError('model-missing', 'No.');
      return smallModel();
    });
    await expect(client.load({ folder: '/x' })).rejects.toMatchObject({ code: 'model-missing' });
    await client.load({ folder: '/x' });
    await client.load({ folder: '/x' });
    expect(tries).toBe(2);
  });

  it('cancels a run in the middle, which stops the work', async () => {
    const { model, stopped, letGo, calls } = held(1);
    const { client } = engine(async () => model);
    const abort = new AbortController();
    const run = client.run(REQUEST, { signal: abort.signal });
    await stopped;
    abort.abort();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    letGo();
    const next = await client.run(REQUEST);
    // Four layers for the second run, and only the one at which the first was stopped.
    expect(calls()).toBe(1 + 4);
    expect(next.runId).toBeTruthy();
  });

  it('cancels a run that waits for its turn without starting it', async () => {
    const { model, stopped, letGo, calls } = held(1);
    const { client } = engine(async () => model);
    const first = client.run(REQUEST);
    await stopped;
    const abort = new AbortController();
    const second = client.run(REQUEST, { signal: abort.signal });
    abort.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    letGo();
    await first;
    await client.load({ folder: '/small' });
    expect(calls()).toBe(4);
  });

  it('never starts a call that was cancelled before', async () => {
    const { client, starts } = engine();
    await expect(client.run(REQUEST, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(starts()).toBe(0);
  });

  it('tells measured points as they come, and stops measuring when cancelled', async () => {
    const { client } = engine();
    const abort = new AbortController();
    const methods: string[] = [];
    const measuring = client.measure(
      { heads: 1, headWidth: 4, sources: 4, lengths: [8, 16] },
      {
        onPart: ({ method, milliseconds }) => {
          expect(milliseconds).toBeGreaterThan(0);
          methods.push(method);
          if (methods.length === 2) abort.abort();
        },
        signal: abort.signal,
      },
    );
    await expect(measuring).rejects.toMatchObject({ name: 'AbortError' });
    expect(methods).toEqual(['full', 'streaming']);
    await client.measure(
      { heads: 1, headWidth: 4, sources: 4, lengths: [8] },
      { onPart: ({ method }) => void methods.push(method) },
    );
    expect(methods.slice(2)).toEqual(['full', 'streaming', 'window', 'linear', 'cross']);
  });

  it('runs two at once one after the other, and both come out', async () => {
    let inside = 0;
    let most = 0;
    const model = smallModel();
    const { forward } = model;
    const counted = {
      ...model,
      forward: async (...args: Parameters<typeof forward>) => {
        most = Math.max(most, ++inside);
        const pass = await forward(...args);
        inside--;
        return pass;
      },
    };
    const { client } = engine(async () => counted);
    const [a, b] = await Promise.all([client.run(REQUEST), client.run({ ...REQUEST, target: 'zz' })]);
    expect(most).toBe(1);
    expect([a.target, b.target]).toEqual(['ab cdef g', 'zz']);
  });

  it('computes a what-if in the worker; one that nobody waits for stops at its next layer', async () => {
    const { model, stopped, letGo, calls } = held(5);
    const { client } = engine(async () => model);
    const run = await client.run(REQUEST);
    const state = { ...initialView(run), whatIf: { mask: [1] } };
    const abort = new AbortController();
    const abandoned = client.view({ runId: run.runId, state }, { signal: abort.signal });
    await stopped;
    abort.abort();
    await expect(abandoned).rejects.toMatchObject({ name: 'AbortError' });
    // While it is held up another state is answered.
    expect((await client.view({ runId: run.runId, state: initialView(run) })).whatIf).toBeUndefined();
    letGo();
    const view = withMatrices(await client.view({ runId: run.runId, state }), run);
    expect(view.whatIf!.after.weights[1]).toBe(0);
    expect(view.before).toHaveLength(view.values.length);
    // Four layers of the run, one of the abandoned pass, two decoder layers of the pass.
    expect(calls()).toBe(4 + 1 + 2);
  });

  it('shows an earlier run while a later one is held up', async () => {
    const { model, stopped, letGo } = held(5);
    const { client } = engine(async () => model);
    const first = await client.run(REQUEST);
    const second = client.run(REQUEST);
    await stopped;
    expect((await client.view({ runId: first.runId, state: initialView(first) })).runId).toBe(first.runId);
    letGo();
    await second;
  });

  it('fails what is pending when the worker dies, and starts anew with the next call', async () => {
    const { model, stopped } = held(1);
    const { client, crash, starts } = engine(async () => (starts() === 1 ? model : smallModel()));
    const lost = client.run(REQUEST);
    const waiting = client.load({ folder: '/small' });
    await stopped;
    crash();
    await expect(lost).rejects.toMatchObject({ code: 'internal' });
    await expect(waiting).rejects.toMatchObject({ code: 'internal' });
    expect((await client.run(REQUEST)).target).toBe(REQUEST.target);
    expect(starts()).toBe(2);
  });

  it("says that a run is gone: dropped, another worker's, or pushed out by eight later ones", async () => {
    const { client } = engine();
    const runs: RunSummary[] = [];
    for (let i = 0; i < 9; i++) runs.push(await client.run(REQUEST));
    const state = initialView(runs[0]);
    await expect(client.view({ runId: runs[0].runId, state })).rejects.toMatchObject({ code: 'run-gone' });
    await client.view({ runId: runs[1].runId, state });
    client.drop(runs[1].runId);
    await expect(client.view({ runId: runs[1].runId, state })).rejects.toMatchObject({ code: 'run-gone' });
    await client.view({ runId: runs[8].runId, state });
  });

  it('rejects what is pending when it is disposed', async () => {
    const { model, stopped } = held(1);
    const { client } = engine(async () => model);
    const run = client.run(REQUEST);
    await stopped;
    client.dispose();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    await expect(client.load({ folder: '/x' })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
