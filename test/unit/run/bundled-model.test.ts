import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunRequest } from '../../../src/contract/run.ts';
import { initialView, runShape } from '../../../src/contract/state-bounds.ts';
import { nodeFiles } from '../../../src/model/checkpoint/node-files.ts';
import { loadModel } from '../../../src/model/loading/load-model.ts';
import type { Model } from '../../../src/model/model.ts';
import { run } from '../../../src/run/run-pair.ts';
import { reduce } from '../../../src/session/reduce.ts';
import { wholeView } from '../insight/whole-view.ts';

const folder = fileURLToPath(new URL('../../../models/en-zh', import.meta.url));
const SOURCE = 'I like eating ice cream.';
const TARGET = '我喜欢吃冰淇淋。';
let model: Model;
const explore = (request: Partial<RunRequest> = {}) =>
  run(
    model,
    { folder, source: SOURCE, ...request },
    () => undefined,
    async () => undefined,
  );

beforeAll(async () => {
  model = await loadModel(nodeFiles(folder));
});

describe('the bundled model, from text to view', () => {
  it('explores the pair: labels are the words of the text, rows sum to 1', async () => {
    const kept = await explore({ target: TARGET });
    const state = initialView(kept.summary);
    const view = wholeView(kept, state);
    expect(view.cols.map(({ text }) => text)).toEqual(['>>cmn<<', 'I', 'like', 'eating', 'ice', 'cream', '.', '</s>']);
    expect(
      view.rows
        .filter(({ special }) => !special)
        .map(({ text }) => text)
        .join(''),
    ).toBe(TARGET);
    view.rows.forEach((_, r) => {
      const row = view.weights.subarray(r * view.cols.length, (r + 1) * view.cols.length);
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    });
    expect([view.overview.layers, view.overview.heads]).toEqual([3, 6]);
  });

  it('every piece stands where it says in the text', async () => {
    const { summary } = await explore({ target: TARGET });
    for (const { start, end, special } of summary.sourceTokens) {
      if (!special) expect(SOURCE.slice(start, end)).not.toBe('');
    }
    const covered = summary.targetTokens
      .filter(({ special }) => !special)
      .map(({ start, end }) => TARGET.slice(start, end));
    expect(covered.join('')).toBe(TARGET);
  });

  it('ice cream: the alignment head looks at ice cream when it writes 冰淇淋', async () => {
    const kept = await explore({ target: TARGET });
    const view = wholeView(kept, { ...initialView(kept.summary), unit: 'pieces', special: 'hide' });
    const from = TARGET.indexOf('冰');
    const weightOn = (r: number, c: number) => view.weights[r * view.cols.length + c];
    const rows = view.rows.flatMap((label, r) =>
      label.start >= from && label.end <= from + 3 && label.end > label.start ? [r] : [],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const r of rows) {
      const onIceCream = view.cols.reduce((sum, label, c) => {
        return 'ice cream'.includes(SOURCE.slice(label.start, label.end).trim()) ? sum + weightOn(r, c) : sum;
      }, 0);
      expect(onIceCream).toBeGreaterThan(0.5);
    }
  });

  it('names its heads: those that were taught to align go along the diagonal, the encoder has sinks', async () => {
    const kept = await explore({ target: TARGET });
    const { facts, overview } = wholeView(kept, initialView(kept.summary));
    expect(facts.diagonal).toMatchObject({ layer: 2, head: 0 });
    expect(facts.diagonal.value).toBeGreaterThan(0.9);
    expect(facts.diagonal.value).toBe(Math.max(...overview.measures.diagonal));
    expect(facts.sharpest.value).toBe(Math.min(...overview.measures.entropy));
    const encoder = wholeView(kept, { ...initialView(kept.summary), kind: 'encoder' }).facts.sink;
    expect(encoder.key).toBe('>>cmn<<');
    expect(encoder.value).toBeGreaterThan(0.8);
    const decoder = wholeView(kept, { ...initialView(kept.summary), kind: 'decoder' }).facts.sink;
    expect(decoder.key).toBe(kept.summary.decoderInput[0].text);
    expect(decoder.value).toBeGreaterThan(0.5);
  });

  it('writes a Chinese target where there is none, and teaches itself what it wrote', async () => {
    const { summary } = await explore();
    expect(summary.generated).toBe(true);
    expect(summary.target).toMatch(/\p{Script=Han}/u);
    const { logProbability } = (await explore({ target: TARGET.split('').reverse().join('') })).summary;
    expect(summary.logProbability).toBeGreaterThan(logProbability);
  });

  it('steps through the whole target and comes to the end', async () => {
    const kept = await explore({ target: TARGET });
    const shape = runShape(kept.summary);
    let state = reduce(initialView(kept.summary), { type: 'setPhase', phase: 'query' }, shape);
    const seen = new Set<number>();
    for (let i = 0; i < 100; i++) {
      const { step } = wholeView(kept, state);
      if (state.phase === 'combine') {
        expect(step!.predictions).toHaveLength(5);
        seen.add(state.query);
      }
      const next = reduce(state, { type: 'nextPhase' }, shape);
      if (next.query === state.query && next.phase === state.phase) break;
      state = next;
    }
    expect(seen.size).toBe(wholeView(kept, state).rows.length);
  });
});
