import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { initialView } from '../../../src/contract/state-bounds.ts';
import type { ExplorationView } from '../../../src/contract/view.ts';
import type { AttentionKind, ViewState, WhatIf } from '../../../src/contract/view-state.ts';
import { nodeFiles } from '../../../src/model/checkpoint/node-files.ts';
import { loadModel } from '../../../src/model/loading/load-model.ts';
import { run } from '../../../src/run/run-pair.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { whatIfRun } from '../../../src/run/what-if.ts';
import { wholeView, wholeViewOf } from '../insight/whole-view.ts';
import { countPasses } from './count-passes.ts';
import { fixtureRun } from './fixture-run.ts';

const folder = fileURLToPath(new URL('../../../models/en-zh', import.meta.url));
const KINDS: readonly AttentionKind[] = ['cross', 'encoder', 'decoder'];

let kept: RunResult;

const view = (change: Partial<ViewState>, of = kept) =>
  wholeViewOf(of, { ...initialView(of.summary), unit: 'pieces', special: 'show', ...change });
const row = ({ cols }: ExplorationView, values: Float32Array, r: number) =>
  values.subarray(r * cols.length, (r + 1) * cols.length);
const sum = (values: Float32Array) => values.reduce((total, value) => total + (value || 0), 0);
const mask = (...pieces: number[]): WhatIf => ({ mask: pieces });
const force = (query: number, ...keys: number[]): WhatIf => ({ mask: [], force: { query, keys } });

beforeAll(async () => {
  const model = await loadModel(nodeFiles(folder));
  const pair = { folder, source: 'I like eating ice cream.', target: '我喜欢吃冰淇淋。' };
  kept = await run(
    model,
    pair,
    () => undefined,
    async () => undefined,
  );
});

describe('masked keys', () => {
  it.each(KINDS)('%s: in the first layer the weights that are left keep their proportions', async (kind) => {
    const pieces = kind === 'decoder' ? [1, 3] : [2, 4];
    for (const head of [0, 3, 5]) {
      const plain = await view({ kind, layer: 0, head });
      const after = await view({ kind, layer: 0, head, whatIf: mask(...pieces) });
      plain.rows.forEach((_, r) => {
        const left = row(plain, plain.weights, r).map((weight, s) => (pieces.includes(s) ? 0 : weight));
        const total = sum(left);
        row(after, after.weights, r).forEach((weight, s) => void expect(weight).toBeCloseTo(left[s] / total, 5));
      });
      expect(after.before).toEqual(plain.values);
    }
  });

  it.each(KINDS)('%s: are drawn as masked in every layer and head, and get no weight', async (kind) => {
    for (const layer of [0, 2, 'mean'] as const) {
      for (const head of [1, 'mean'] as const) {
        const { values, weights, cols, rows, state } = await view({ kind, layer, head, whatIf: mask(2) });
        expect(state.whatIf).toEqual(mask(2));
        rows.forEach((_, r) => {
          expect(values[r * cols.length + 2]).toBeNaN();
          expect(weights[r * cols.length + 2]).toBe(0);
        });
      }
    }
  });

  it('a query that has no other key keeps its own: the first of the decoder sees the start token alone', async () => {
    const { weights, values, cols } = await view({ kind: 'decoder', layer: 0, head: 0, whatIf: mask(0) });
    expect(weights[0]).toBe(1);
    expect(values[cols.length]).toBeNaN();
    expect(weights[cols.length + 1]).toBe(1);
  });

  it('rows sum to 1, whatever is masked and forced (seed 11)', async () => {
    const pieces = fc.uniqueArray(fc.nat(7), { maxLength: 7 });
    const forced = fc.option(fc.record({ query: fc.nat(7), keys: pieces }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...KINDS),
        fc.record({ mask: pieces, force: forced }),
        fc.constantFrom(0, 2),
        async (kind, whatIf, layer) => {
          const { weights, rows, cols, whatIf: found } = await view({ kind, layer, head: 1, whatIf });
          rows.forEach((_, r) => {
            expect(sum(weights.subarray(r * cols.length, (r + 1) * cols.length))).toBeCloseTo(1, 5);
          });
          if (found) expect(sum(found.after.weights)).toBeCloseTo(1, 5);
        },
      ),
      { seed: 11, numRuns: 25 },
    );
  });

  it('without its word the model no longer expects the translation; the word before it is as it was', async () => {
    const ice = kept.summary.sourceTokens.findIndex(({ text }) => text === 'ice');
    const query = kept.summary.targetTokens.findIndex(({ text }) => text === '冰');
    const { whatIf } = await view({ kind: 'cross', query, whatIf: mask(ice) });
    expect(whatIf!.before.predictions[0].text).toBe('冰');
    expect(whatIf!.before.actual!.rank).toBe(1);
    expect(whatIf!.after.predictions[0].text).not.toBe('冰');
    expect(whatIf!.after.actual!.probability).toBeLessThan(whatIf!.before.actual!.probability / 2);
    expect(whatIf!.after.logProbability).toBeLessThan(whatIf!.before.logProbability! - 1);
    expect(whatIf!.outputChange).toBeGreaterThan(0);
    const other = (await view({ kind: 'cross', query: 0, whatIf: mask(ice) })).whatIf!;
    expect(other.after.actual!.probability).toBeCloseTo(other.before.actual!.probability, 2);
  });

  it('a source token that the encoder may not see is missed by the cross-attention after it', async () => {
    const plain = await view({ kind: 'encoder', layer: 0, head: 0, query: 2 });
    const after = await view({ kind: 'encoder', layer: 0, head: 0, query: 2, whatIf: mask(0) });
    expect(after.whatIf!.before.predictions).toEqual([]);
    expect(after.whatIf!.after.logProbability).not.toBe(after.whatIf!.before.logProbability);
    expect(after.whatIf!.before.weights).toEqual(plain.step!.weights);
    expect(after.whatIf!.after.weights).toEqual(after.step!.weights);
  });
});

describe('a forced row', () => {
  it('takes its context from the chosen keys alone', async () => {
    const { whatIf, step, state } = await view({ layer: 1, head: 4, query: 3, whatIf: force(3, 2, 5) });
    expect([...whatIf!.after.weights]).toEqual([0, 0, 0.5, 0, 0, 0.5, 0, 0]);
    expect(step!.weights).toEqual(whatIf!.after.weights);
    const width = step!.context.length;
    whatIf!.after.context.forEach((value, d) => {
      expect(value).toBeCloseTo((step!.values[2 * width + d] + step!.values[5 * width + d]) / 2, 5);
    });
    expect(whatIf!.before.context).toEqual((await view({ ...state, whatIf: undefined })).step!.context);
  });

  it('leaves every other row of the layer, and all layers before it, as they were', async () => {
    const chosen = { ...(await view({ layer: 1, head: 4 })).state, whatIf: force(3, 2) };
    const changed = (await whatIfRun(kept, chosen, async () => undefined))!;
    for (const [layer, head] of [
      [1, 4],
      [1, 2],
      [0, 4],
    ] as const) {
      const plain = await view({ layer, head });
      const after = wholeView(kept, plain.state, changed);
      after.rows.forEach((_, r) => {
        const forced = layer === 1 && head === 4 && r === 3;
        if (!forced) expect(row(after, after.weights, r)).toEqual(row(plain, plain.weights, r));
      });
    }
  });

  it('changes nothing where the row was that already: the first of the decoder on the start token', async () => {
    const { whatIf, values, before } = await view({
      kind: 'decoder',
      layer: 0,
      head: 2,
      query: 0,
      whatIf: force(0, 0),
    });
    expect(values).toEqual(before);
    expect(whatIf!.after).toEqual(whatIf!.before);
    expect(whatIf!.outputChange).toBe(0);
  });

  it('is in every head that the state shows: a mean changes all of them', async () => {
    const query = 3;
    const one = (await view({ layer: 2, head: 0, query, whatIf: force(query, 0) })).whatIf!;
    const all = (await view({ layer: 2, head: 'mean', query, whatIf: force(query, 0) })).whatIf!;
    expect(all.after.weights[0]).toBeCloseTo(1, 6);
    expect(all.after.context).toHaveLength(0);
    expect(all.outputChange).toBeGreaterThan(one.outputChange);
  });

  it('later keys cannot be forced on the decoder', async () => {
    const { whatIf } = await view({ kind: 'decoder', layer: 0, head: 0, query: 1, whatIf: force(1, 0, 5) });
    expect(whatIf!.after.weights[0]).toBe(1);
    expect(whatIf!.after.weights[5]).toBe(0);
  });
});

describe('every matrix follows the what-if, with what it was before', () => {
  it.each(['attention', 'value', 'rollout'] as const)('%s', async (matrix) => {
    for (const phase of ['query', 'match', 'combine'] as const) {
      const plain = await view({ layer: 2, head: 1, matrix, phase, unit: 'words', special: 'hide' });
      const after = await view({ layer: 2, head: 1, matrix, phase, unit: 'words', special: 'hide', whatIf: mask(3) });
      expect(after.of).toBe(plain.of);
      expect(after.before).toEqual(plain.values);
      expect(after.values).not.toEqual(plain.values);
      expect(plain.before).toBeUndefined();
    }
  });
});

describe('what is kept of what-ifs', () => {
  it('one pass for a mask, whatever is looked at', async () => {
    const { run, passes } = countPasses(kept);
    for (const change of [
      {},
      { head: 3 },
      { layer: 0 },
      { phase: 'combine' },
      { query: 2 },
      { unit: 'words' },
    ] as const) {
      await view({ ...change, whatIf: mask(2) }, run);
    }
    expect(passes()).toBe(1);
    await view({ whatIf: mask(2, 3) }, run);
    expect(passes()).toBe(2);
    await view({ whatIf: mask(2) }, run);
    expect(passes()).toBe(2);
  });

  it('one pass for a forced row in each head, and none without a what-if', async () => {
    const { run, passes } = countPasses(kept);
    await view({}, run);
    expect(passes()).toBe(0);
    for (const head of [0, 1, 0, 1]) await view({ head, whatIf: force(2, 1) }, run);
    expect(passes()).toBe(2);
  });

  it('stops between layers when nobody waits, and computes it when it is asked for again', async () => {
    const { run, passes } = countPasses(kept);
    const state = { ...initialView(run.summary), whatIf: mask(4) };
    let layers = 0;
    const stop = async () => {
      if (++layers === 2) throw new DOMException('Cancelled.', 'AbortError');
    };
    await expect(wholeViewOf(run, state, stop)).rejects.toMatchObject({ name: 'AbortError' });
    expect(layers).toBe(2);
    expect((await wholeViewOf(run, state)).state.whatIf).toEqual(mask(4));
    expect(passes()).toBe(2);
  });

  it('a view that is built without the pass says that there is no what-if', () => {
    const plain = wholeView(kept, { ...initialView(kept.summary), whatIf: mask(2) });
    expect(plain.state.whatIf).toBeUndefined();
    expect(plain.whatIf).toBeUndefined();
    expect(plain.before).toBeUndefined();
  });
});

describe('models without cross-attention', () => {
  it('GPT-2: masks and forces in the decoder', async () => {
    const gpt2 = await fixtureRun('gpt2');
    const after = await view({ kind: 'cross', layer: 1, head: 0, query: 6, whatIf: mask(2) }, gpt2);
    expect(after.state.kind).toBe('decoder');
    expect(after.whatIf!.after.weights[2]).toBe(0);
    expect(after.whatIf!.after.predictions).not.toEqual(after.whatIf!.before.predictions);
    const forced = await view({ layer: 0, head: 0, query: 6, whatIf: force(6, 1) }, gpt2);
    expect(forced.whatIf!.after.weights[1]).toBe(1);
    expect(forced.whatIf!.outputChange).toBeGreaterThan(0);
  });

  it('BERT: masks in the encoder, and predicts nothing', async () => {
    const bert = await fixtureRun('bert');
    const { whatIf, state } = await view({ layer: 1, head: 0, query: 3, whatIf: mask(0, 1) }, bert);
    expect(state.kind).toBe('encoder');
    expect(whatIf!.outputChange).toBeGreaterThan(0);
    expect(whatIf!.after).toMatchObject({ predictions: [], actual: undefined, logProbability: undefined });
  });

  it('T5: position bias stays where keys are masked', async () => {
    const t5 = await fixtureRun('t5');
    const [plain, after] = [
      await view({ kind: 'encoder', layer: 0, head: 0 }, t5),
      await view({ kind: 'encoder', layer: 0, head: 0, whatIf: mask(5) }, t5),
    ];
    const left = row(plain, plain.weights, 4).map((weight, s) => (s === 5 ? 0 : weight));
    row(after, after.weights, 4).forEach((weight, s) => void expect(weight).toBeCloseTo(left[s] / sum(left), 5));
  });
});
