import { beforeAll, describe, expect, it } from 'vitest';
import { initialView } from '../../../src/contract/state-bounds.ts';
import type { AttentionKind, ViewState } from '../../../src/contract/view-state.ts';
import type { RunResult } from '../../../src/run/run-result.ts';
import { fixtureRun, marianExpected } from '../run/fixture-run.ts';
import { wholeView } from './whole-view.ts';

const KINDS: readonly AttentionKind[] = ['encoder', 'decoder', 'cross'];
const TOLERANCE = 1e-5;
const expected = marianExpected();

let run: RunResult;

const view = (change: Partial<ViewState>) =>
  wholeView(run, { ...initialView(run.summary), unit: 'pieces', special: 'show', ...change });
/** Masked cells are NaN in a view and 0 in numpy. */
const zeros = (values: Float32Array) => values.map((value) => value || 0);

beforeAll(async () => {
  run = await fixtureRun('marian');
});

function close(found: Float32Array, wanted: Float32Array, what: string): void {
  expect(found.length, what).toBe(wanted.length);
  const off = found.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - wanted[i]) / Math.max(1, Math.abs(wanted[i]))),
    0,
  );
  expect(off, what).toBeLessThan(TOLERANCE);
}

describe(`value-weighted attention, ‖w·v·W_O‖, against numpy within ${TOLERANCE} of its size`, () => {
  it.each(KINDS)('%s: pieces and words of every head', (kind) => {
    for (const layer of [0, 1]) {
      for (const [unit, name] of [
        ['pieces', 'value'],
        ['words', 'value-words'],
      ] as const) {
        const all = expected.get(`${name}/${kind}.${layer}`)!;
        for (let head = 0; head < 4; head++) {
          const { values, of } = view({ kind, layer, head, unit, matrix: 'value' });
          expect(of).toBe('value');
          close(
            zeros(values),
            all.subarray(head * values.length, (head + 1) * values.length),
            `${kind} ${name} ${head}`,
          );
        }
      }
    }
  });

  it('a mean is the mean of the heads', () => {
    const all = expected.get('value/cross.1')!;
    const { values } = view({ kind: 'cross', layer: 1, head: 'mean', matrix: 'value' });
    const mean = values.map((_, i) => [0, 1, 2, 3].reduce((sum, h) => sum + all[h * values.length + i] / 4, 0));
    close(values, mean, 'mean');
  });
});

describe(`attention rollout against numpy within ${TOLERANCE}`, () => {
  it.each(KINDS)('%s, up to each layer, whichever head is chosen', (kind) => {
    for (const layer of [0, 1] as const) {
      for (const head of [0, 3, 'mean'] as const) {
        const { values, of } = view({ kind, layer, head, matrix: 'rollout' });
        expect(of).toBe('rollout');
        close(zeros(values), expected.get(`rollout/${kind}.${layer}`)!, `${kind} ${layer} ${head}`);
      }
    }
  });

  it('through all layers where the layer is a mean', () => {
    close(
      view({ kind: 'encoder', layer: 'mean', matrix: 'rollout' }).values,
      expected.get('rollout/encoder.1')!,
      'all',
    );
    close(
      view({ kind: 'cross', layer: 'mean', matrix: 'rollout' }).values,
      expected.get('rollout/cross.mean')!,
      'mean',
    );
  });

  it('rows sum to 1 in every kind, unit and layer, and what comes later stays masked', () => {
    for (const kind of KINDS) {
      for (const unit of ['pieces', 'words'] as const) {
        for (const layer of [0, 1, 'mean'] as const) {
          const { values, rows, cols } = view({ kind, unit, layer, matrix: 'rollout' });
          rows.forEach((_, r) => {
            const row = values.subarray(r * cols.length, (r + 1) * cols.length);
            expect(zeros(row).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
          });
          expect(Number.isNaN(values[cols.length - 1])).toBe(kind === 'decoder');
        }
      }
    }
  });

  it('leaves the weights as they are: tooltips and the editor still show attention', () => {
    const [plain, rolled] = [view({ layer: 1, head: 2 }), view({ layer: 1, head: 2, matrix: 'rollout' })];
    expect(rolled.weights).toEqual(plain.weights);
  });
});

describe('the picture of lines', () => {
  it('has the weights of every head of the layer, and only then', () => {
    expect(view({ picture: 'heatmap' }).headWeights).toBeUndefined();
    for (const kind of KINDS) {
      const { headWeights, weights } = view({ kind, layer: 1, head: 0, unit: 'words', picture: 'lines' });
      const cells = weights.length;
      expect(headWeights).toHaveLength(4 * cells);
      for (let head = 0; head < 4; head++) {
        const one = view({ kind, layer: 1, head, unit: 'words' });
        close(headWeights!.subarray(head * cells, (head + 1) * cells), one.weights, `${kind} ${head}`);
      }
    }
  });

  it('averages each head over the layers where the layer is a mean', () => {
    const { headWeights, weights } = view({ layer: 'mean', head: 2, picture: 'lines' });
    close(headWeights!.subarray(2 * weights.length, 3 * weights.length), weights, 'mean of layers');
  });
});
