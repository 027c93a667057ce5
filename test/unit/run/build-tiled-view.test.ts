import { beforeAll, describe, expect, it } from 'vitest';
import { initialView, TILED_ABOVE } from '../../../src/contract/state-bounds.ts';
import type { ComputedView, TiledMap } from '../../../src/contract/view.ts';
import type { ViewState } from '../../../src/contract/view-state.ts';
import { axesOf, axisLabels, labelledView } from '../../../src/insight/axes.ts';
import { viewMatrices } from '../../../src/insight/view-matrices.ts';
import { parseHostMessage } from '../../../src/messages/host-messages.ts';
import { STEP_KEYS } from '../../../src/run/build-step.ts';
import { viewOf } from '../../../src/run/build-view.ts';
import { run } from '../../../src/run/run-pair.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { tiledMatrixOf } from '../../../src/run/tiled-run.ts';
import { readMatrix } from '../../../src/tensor/deferred-matrix.ts';
import { smallModel } from './small-model.ts';

const WORDS = ['we', 'like', 'eating', 'ice', 'cream', 'on', 'sunny', 'days'];
/** A text of many words of one to three pieces. */
const text = (words: number, seed: number) =>
  Array.from({ length: words }, (_, i) => WORDS[(i * seed + (i % 3)) % WORDS.length]).join(' ');

let kept: RunResult;

const state = (change: Partial<ViewState> = {}): ViewState => ({ ...initialView(kept.summary), ...change });

function tiled({ map }: ComputedView): TiledMap {
  if (map.kind !== 'tiled') throw new Error('The matrices of this view are whole.');
  return map;
}

/** The same numbers from whole matrices, which a test can afford. */
function whole(shown: ViewState) {
  const axes = axesOf(kept.summary, shown.kind);
  const rows = axisLabels(axes.rows.tokens, axes.rows.text, shown.unit, shown.special);
  const cols = axisLabels(axes.cols.tokens, axes.cols.text, shown.unit, shown.special);
  return { rows, cols, ...viewMatrices(kept.pass, shown, rows, cols) };
}

beforeAll(async () => {
  const small = smallModel();
  const model = { ...small, info: { ...small.info, maxPositions: 5000 } };
  const request = { folder: '/small', source: text(300, 3), target: text(290, 5) };
  kept = await run(
    model,
    request,
    () => undefined,
    async () => undefined,
  );
});

describe('a view of a long run', () => {
  it.each([
    ['cross', 'words', 'dim'],
    ['cross', 'pieces', 'hide'],
    ['encoder', 'words', 'hide'],
    ['decoder', 'pieces', 'show'],
    ['decoder', 'words', 'dim'],
  ] as const)('%s, %s, specials %s: the row of the query is that of the whole matrix', async (kind, unit, special) => {
    for (const [layer, head] of [
      [1, 0],
      [0, 'mean'],
      ['mean', 'mean'],
    ] as const) {
      const view = await viewOf(kept, state({ kind, unit, special, layer, head, query: 211 }));
      const { info, rowWeights } = tiled(view);
      expect(Object.keys(view.map).sort()).toEqual(['info', 'kind', 'rowWeights']);
      const { rows, cols, weights } = whole(view.state);
      expect(rows.length * cols.length).toBeGreaterThan(TILED_ABOVE / 9);
      expect(view.row).toBe(rows.findIndex(({ from, to }) => from <= 211 && 211 < to));
      expect([info.rows, info.cols]).toEqual([rows.length, cols.length]);
      const expected = weights.data.subarray(view.row * cols.length, (view.row + 1) * cols.length);
      const off = expected.map((weight, i) => Math.abs(weight - rowWeights[i]));
      expect(Math.max(...off)).toBeLessThan(1e-6);
      expect(parseHostMessage({ type: 'view', view })).toBeDefined();
    }
  });

  it('has the keys of a step that get most, with what the whole step would say of them', async () => {
    const view = await viewOf(kept, state({ kind: 'cross', layer: 1, head: 1, query: 99 }));
    const { step } = view;
    const keys = kept.summary.sourceTokens.length;
    expect(step?.keyCount).toBe(keys);
    expect(step?.weights.length).toBe(STEP_KEYS);
    const { pieceWeights } = whole(view.state);
    const row = pieceWeights.data.subarray(99 * keys, 100 * keys);
    const least = Math.min(...step!.weights);
    const shown = new Set(step!.keyTokens.map(({ from }) => from));
    row.forEach((weight, s) => {
      if (!shown.has(s)) expect(weight).toBeLessThanOrEqual(least + 1e-7);
    });
    const record = kept.pass.cross[1];
    const { data: values } = readMatrix(record.v);
    const width = record.v.cols / record.heads;
    step!.keyTokens.forEach(({ from, text }, i) => {
      expect(text).toBe(kept.summary.sourceTokens[from].text);
      expect(step!.weights[i]).toBeCloseTo(row[from], 6);
      expect(step!.scaled[i]).toBeCloseTo(step!.scores[i] / step!.divisor, 5);
      expect(step!.values[i * width]).toBe(values[from * record.v.cols + width]);
    });
    for (let d = 0; d < width; d++) {
      let sum = 0;
      for (let s = 0; s < keys; s++) sum += row[s] * values[s * record.v.cols + width + d];
      expect(step!.context[d]).toBeCloseTo(sum, 5);
    }
  });

  it('offers nothing that needs the whole matrix', async () => {
    const view = await viewOf(kept, state({ picture: 'lines', matrix: 'rollout', alignment: 'model' }));
    expect(view.state).toMatchObject({ picture: 'heatmap', matrix: 'attention', alignment: 'off' });
  });

  it('masks keys by hand: they are in the step, with no weight, and the row is the changed one', async () => {
    const mask = [3, 400];
    const view = await viewOf(kept, state({ kind: 'cross', unit: 'pieces', query: 50, whatIf: { mask } }));
    for (const key of mask) {
      expect(tiled(view).rowWeights[key]).toBe(0);
      const at = view.step!.keyTokens.findIndex(({ from }) => from === key);
      expect(view.step!.weights[at]).toBe(0);
      expect(view.whatIf!.before.weights[key]).toBeGreaterThan(0);
      expect(view.whatIf!.after.weights[key]).toBe(0);
    }
    expect(view.whatIf!.outputChange).toBeGreaterThan(0);
  });

  it('gets labels from the run, and entropy, peak and links from the atlas', async () => {
    const view = await viewOf(kept, state({ kind: 'cross', unit: 'words', special: 'dim', alignment: 'argmax' }));
    expect(view).not.toHaveProperty('rows');
    const atlas = tiledMatrixOf(kept, view.state);
    while (!atlas.complete) atlas.advance();
    const { rows, cols, weights } = whole(view.state);
    const labelled = labelledView(view, kept.summary, atlas.facts());
    expect(labelled.rows).toEqual(rows);
    expect(labelled.cols).toEqual(cols);
    expect(labelled.facts.entropy).toBeGreaterThan(0);
    const { peak } = labelled.facts;
    expect(weights.data[peak!.row * cols.length + peak!.col]).toBeCloseTo(peak!.weight, 6);
    expect(labelled.alignment.length).toBe(rows.filter(({ special }) => !special).length);
    const another = labelledView(view, kept.summary, { ...atlas.facts(), id: 'of another matrix' });
    expect(another.facts.entropy).toBeUndefined();
  });
});
