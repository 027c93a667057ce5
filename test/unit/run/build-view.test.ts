import { beforeAll, describe, expect, it } from 'vitest';
import { transferables } from '../../../src/base/bytes.ts';
import { initialView } from '../../../src/contract/state-bounds.ts';
import type { ViewState } from '../../../src/contract/view-state.ts';
import { run } from '../../../src/run/run-pair.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { weightedRow } from '../../../webview/stepper/vector-strips.ts';
import { type ViewWithMatrices, wholeView } from '../insight/whole-view.ts';
import { smallModel } from './small-model.ts';

let kept: RunResult;

const view = (change: Partial<ViewState> = {}) => wholeView(kept, { ...initialView(kept.summary), ...change });
const rowSums = ({ rows, cols, weights }: ViewWithMatrices) =>
  rows.map((_, r) => weights.subarray(r * cols.length, (r + 1) * cols.length).reduce((sum, weight) => sum + weight, 0));

beforeAll(async () => {
  const request = { folder: '/small', source: 'we like eating', target: 'ab cdef g' };
  kept = await run(
    smallModel(),
    request,
    () => undefined,
    async () => undefined,
  );
});

describe('buildView', () => {
  it.each(['cross', 'encoder', 'decoder'] as const)('%s: rows of weights sum to 1 in every unit and mean', (kind) => {
    for (const unit of ['words', 'pieces'] as const) {
      for (const special of ['show', 'hide'] as const) {
        for (const [layer, head] of [
          [0, 1],
          [1, 'mean'],
          ['mean', 0],
          ['mean', 'mean'],
        ] as const) {
          const shown = view({ kind, unit, special, layer, head });
          for (const sum of rowSums(shown)) {
            // The decoder's first row sees only the start token: nothing is left when that is hidden.
            if (kind === 'decoder' && special === 'hide' && sum === 0) continue;
            expect(sum).toBeCloseTo(1, 5);
          }
          expect(shown.step === undefined).toBe(layer === 'mean' || head === 'mean');
        }
      }
    }
  });

  it('names rows after what is predicted, and columns of the decoder after what is read', () => {
    const decoder = view({ kind: 'decoder', unit: 'pieces' });
    expect(decoder.rows.map(({ text }) => text)).toEqual(['ab', 'cd', 'ef', 'g', '</s>']);
    expect(decoder.cols.map(({ text }) => text)).toEqual(['<pad>', 'ab', 'cd', 'ef', 'g']);
    expect(view({ unit: 'words' }).rows.map(({ text }) => text)).toEqual(['ab', 'cdef', 'g', '</s>']);
  });

  it('masks what the decoder may not look at: NaN as value, 0 as weight, −∞ in the step', () => {
    const { values, weights, cols, step } = view({ kind: 'decoder', unit: 'pieces', query: 1 });
    expect(values[1 * cols.length + 2]).toBeNaN();
    expect(weights[1 * cols.length + 2]).toBe(0);
    expect(step?.scores[2]).toBe(Number.NEGATIVE_INFINITY);
    expect(step?.scaled[2]).toBe(Number.NEGATIVE_INFINITY);
    expect(step?.scores[1]).toBeGreaterThan(Number.NEGATIVE_INFINITY);
  });

  it('says that it renormalized only when something was left out', () => {
    expect(view({ special: 'hide' }).renormalized).toBe(true);
    expect(view({ special: 'dim' }).renormalized).toBe(false);
    expect(view({ special: 'hide' }).cols.some(({ special }) => special)).toBe(false);
  });

  it('shows the matrix of the phase', () => {
    expect(view({ phase: 'query' }).of).toBe('score');
    expect(view({ phase: 'match' }).of).toBe('weight');
    expect(view({ phase: 'combine' }).of).toBe('contribution');
    const { values, weights, step, row, cols } = view({ phase: 'combine', unit: 'pieces', query: 2 });
    const width = step!.context.length;
    cols.forEach((_, s) => {
      const norm = Math.hypot(...step!.values.subarray(s * width, (s + 1) * width));
      expect(values[row * cols.length + s]).toBeCloseTo(weights[row * cols.length + s] * norm, 5);
    });
  });

  it('the step is arithmetic that a reader can redo', () => {
    const { step } = view({ query: 2 });
    const { q, keys, scores, scaled, divisor, weights, values, context } = step!;
    const dk = q.length;
    scores.forEach((score, s) => {
      let dot = 0;
      for (let d = 0; d < dk; d++) dot += q[d] * keys[s * dk + d];
      expect(score).toBeCloseTo(dot, 4);
      expect(scaled[s]).toBeCloseTo(dot / divisor, 4);
    });
    const exps = [...scaled].map(Math.exp);
    const sum = exps.reduce((a, b) => a + b);
    weights.forEach((weight, s) => void expect(weight).toBeCloseTo(exps[s] / sum, 5));
    for (let d = 0; d < context.length; d++) {
      let total = 0;
      weights.forEach((weight, s) => {
        const [term] = weightedRow(values, s, context.length, weight).slice(d);
        expect(term).toBeCloseTo(weight * values[s * context.length + d], 6);
        total += term;
      });
      expect(context[d]).toBeCloseTo(total, 5);
    }
  });

  it('heads add up to the output of the layer', () => {
    const [a, b] = [0, 1].map((head) => view({ layer: 1, head, query: 1 }).step!);
    a.output.forEach((value, d) => void expect(a.headOutput[d] + b.headOutput[d]).toBeCloseTo(value, 4));
  });

  it('predicts with the probability that the run was scored with', () => {
    const { targetTokens, logProbability } = kept.summary;
    const sum = targetTokens.reduce(
      (total, _, query) => total + Math.log(view({ query }).step!.actual!.probability),
      0,
    );
    expect(sum).toBeCloseTo(logProbability, 4);
    expect(view({ kind: 'encoder' }).step!.predictions).toEqual([]);
  });

  it('clamps a state from another run', () => {
    const { state } = view({ layer: 99, head: -4, query: 1000 });
    expect(state).toMatchObject({ layer: 1, head: 0, query: 4 });
  });

  it('can be transferred away and asked for again', () => {
    const first = view({ query: 1 });
    const expected = structuredClone(first);
    structuredClone(first, { transfer: transferables(first) });
    expect(first.values).toHaveLength(0);
    expect(view({ query: 1 })).toEqual(expected);
  });

  it('entropy lies between 0 and the most that the mask allows', () => {
    const { facts } = view({ kind: 'decoder' });
    expect(facts.entropy).toBeGreaterThan(0);
    expect(facts.entropy).toBeLessThanOrEqual(facts.maxEntropy + 1e-6);
    expect(facts.maxEntropy).toBeCloseTo(Math.log(2 * 3 * 4 * 5) / 5, 6);
    expect(view().facts.maxEntropy).toBeCloseTo(Math.log(kept.summary.sourceTokens.length), 6);
  });
});
