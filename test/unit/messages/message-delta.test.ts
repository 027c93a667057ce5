import { beforeAll, describe, expect, it } from 'vitest';
import { initialView } from '../../../src/contract/state-bounds.ts';
import type { ViewState } from '../../../src/contract/view-state.ts';
import { labelledView } from '../../../src/insight/axes.ts';
import { type HostMessage, type PanelState, parseHostMessage } from '../../../src/messages/host-messages.ts';
import { DeltaDecoder, DeltaEncoder } from '../../../src/messages/message-delta.ts';
import { buildView } from '../../../src/run/build-view.ts';
import { run } from '../../../src/run/run-pair.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { withMatrices } from '../insight/whole-view.ts';
import { smallModel } from '../run/small-model.ts';

let kept: RunResult;

const view = (change: Partial<ViewState> = {}) => buildView(kept, { ...initialView(kept.summary), ...change });
const shown = (change: Partial<ViewState> = {}): HostMessage => ({ type: 'view', view: view(change) });
const state = (change: Partial<PanelState> = {}): HostMessage => ({
  type: 'state',
  state: { status: 'ready', run: kept.summary, stale: false, playing: false, ...change },
});

beforeAll(async () => {
  const request = { folder: '/small', source: 'we like eating', target: 'ab cdef g' };
  kept = await run(
    smallModel(),
    request,
    () => undefined,
    async () => undefined,
  );
});

/** Paths of all arrays of floats in a message, and of plain arrays of numbers. */
function arraysIn(value: unknown, at = ''): { floats: string[]; numbers: string[] } {
  if (value instanceof Float32Array) return { floats: value.length ? [at] : [], numbers: [] };
  if (typeof value !== 'object' || value === null) return { floats: [], numbers: [] };
  const numbers = Array.isArray(value) && value.some((one) => typeof one === 'number') ? [at] : [];
  const inner = Object.entries(value).map(([key, one]) => arraysIn(one, at ? `${at}.${key}` : key));
  return {
    floats: inner.flatMap(({ floats }) => floats),
    numbers: [...numbers, ...inner.flatMap((one) => one.numbers)],
  };
}

describe('what a page is sent', () => {
  it('comes out whole, whatever was looked at before', () => {
    const [sent, page] = [new DeltaEncoder(), new DeltaDecoder()];
    const across = (message: HostMessage) => page.decode(structuredClone(sent.encode(message)));
    for (const message of [
      state(),
      shown(),
      shown({ phase: 'combine' }),
      shown({ phase: 'query' }),
      state({ status: 'running', progress: { done: 0.5, stage: 'encode' } }),
      shown({ head: 1, layer: 0 }),
      shown({ head: 1, layer: 0, query: 2 }),
      shown({ head: 'mean' }),
      shown({ kind: 'decoder', phase: 'match' }),
      shown({ kind: 'decoder', special: 'hide', unit: 'pieces' }),
      shown({ kind: 'encoder', picture: 'lines' }),
      shown({ matrix: 'rollout' }),
      shown({ matrix: 'value', alignment: 'argmax' }),
      shown(),
      state({ stale: true }),
    ]) {
      const arrived = across(message);
      expect(arrived).toEqual(message);
      expect(parseHostMessage(arrived)).toBe(arrived);
    }
  });

  it('comes out whole on both sides of a comparison', () => {
    const [sent, page] = [new DeltaEncoder(), new DeltaDecoder()];
    const panel = { status: 'ready', run: kept.summary, stale: false, playing: false } as const;
    const compared = (left: Partial<ViewState>, right: Partial<ViewState>): HostMessage => ({
      type: 'compare',
      left: { id: 'a', state: panel, view: view(left) },
      right: { id: 'b', state: panel, view: view(right) },
    });
    for (const message of [
      compared({}, { head: 1 }),
      compared({ phase: 'query' }, { head: 1 }),
      compared({ head: 1 }, {}),
    ])
      expect(page.decode(structuredClone(sent.encode(message)))).toEqual(message);
  });

  it('is floats as typed arrays: no matrix or vector is a list of numbers', () => {
    const { floats, numbers } = arraysIn(new DeltaEncoder().encode(shown({ kind: 'cross', phase: 'combine' })));
    expect(numbers).toEqual([]);
    expect(floats).toContain('view.map.scores.value');
    expect(floats).toContain('view.step.value.keys.value');
  });

  it('for another phase is its values alone, and nothing where they are the scores that the page has', () => {
    const sent = new DeltaEncoder();
    sent.encode(shown({ kind: 'encoder', phase: 'match' }));
    expect(arraysIn(sent.encode(shown({ kind: 'encoder', phase: 'combine' }))).floats).toEqual(['view.map.values']);
    expect(arraysIn(sent.encode(shown({ kind: 'encoder', phase: 'query' }))).floats).toEqual([]);
  });

  it('for another query is its row of the step, for another head no thumbnails, and never labels', () => {
    const sent = new DeltaEncoder();
    sent.encode(shown());
    const query = arraysIn(sent.encode(shown({ query: 1 }))).floats;
    expect(query.every((path) => path.startsWith('view.step.value.'))).toBe(true);
    expect(query.some((path) => /keys|\.values/.test(path))).toBe(false);
    const head = sent.encode(shown({ head: 1, layer: 0 })) as { readonly view: Record<string, unknown> };
    expect(head.view.overview).toEqual({ $kept: 'overview' });
    const labelled = labelledView(view({ head: 1, layer: 0 }), kept.summary);
    for (const part of ['rows', 'cols']) {
      expect(head.view).not.toHaveProperty(part);
      expect((sent.encode({ type: 'view', view: labelled }) as typeof head).view).not.toHaveProperty(part);
    }
  });

  it('is a run once, however often the state is told', () => {
    const sent = new DeltaEncoder();
    sent.encode(state());
    expect(JSON.stringify(sent.encode(state({ playing: true }))).length).toBeLessThan(120);
  });

  it('is the same object again where it is the same part', () => {
    const [sent, page] = [new DeltaEncoder(), new DeltaDecoder()];
    const [one, other] = [shown({ layer: 0, head: 0 }), shown({ layer: 0, head: 1 })].map((message) => {
      const { view } = page.decode(structuredClone(sent.encode(message))) as Extract<HostMessage, { type: 'view' }>;
      return withMatrices(view, kept.summary);
    });
    expect(other!.overview).toBe(one!.overview);
    expect(other!.rows).toBe(one!.rows);
    expect(other!.weights).not.toBe(one!.weights);
  });

  it('is everything for a page that comes anew, and a page that lacks something says so', () => {
    const sent = new DeltaEncoder();
    sent.encode(shown());
    const page = new DeltaDecoder();
    expect(page.decode(structuredClone(sent.encode(shown({ phase: 'combine' }))))).toBeUndefined();
    sent.clear();
    const message = shown({ phase: 'combine' });
    expect(page.decode(structuredClone(sent.encode(message)))).toEqual(message);
  });

  it('is left alone where it is none of ours', () => {
    const page = new DeltaDecoder();
    for (const data of ['text', 7, null, { type: 'view' }, { type: 'state', state: 3 }, [1]])
      expect(page.decode(data)).toEqual(data);
  });
});
