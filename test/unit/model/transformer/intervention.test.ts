import { beforeAll, describe, expect, test } from 'vitest';
import { headWeights } from '../../../../src/attention/head-trace.ts';
import { initialView, runShape } from '../../../../src/contract/state-bounds.ts';
import type { ViewState } from '../../../../src/contract/view-state.ts';
import type { RunResult } from '../../../../src/run/run-result.ts';
import { interventionOf } from '../../../../src/run/what-if.ts';
import { fixtureRun, marianExpected } from '../../run/fixture-run.ts';

const TOLERANCE = 1e-5;
/** CASES of test/fixtures/what-if/make.py, as states. */
const CASES: Record<string, Partial<ViewState>> = {
  'cross-mask': { kind: 'cross', whatIf: { mask: [2, 5] } },
  'encoder-mask': { kind: 'encoder', whatIf: { mask: [0, 3] } },
  'decoder-mask': { kind: 'decoder', whatIf: { mask: [0, 2] } },
  'cross-force': { kind: 'cross', layer: 0, head: 1, whatIf: { mask: [], force: { query: 3, keys: [1, 4] } } },
  'decoder-force': {
    kind: 'decoder',
    layer: 0,
    head: 'mean',
    whatIf: { mask: [], force: { query: 4, keys: [0, 2, 6] } },
  },
  'encoder-both': { kind: 'encoder', layer: 1, head: 2, whatIf: { mask: [1], force: { query: 8, keys: [1, 7] } } },
};

const expected = marianExpected();

let run: RunResult;

beforeAll(async () => {
  run = await fixtureRun('marian');
});

async function changed(change: Partial<ViewState>) {
  const state = { ...initialView(run.summary), ...change };
  const ids = (tokens: readonly { id: number }[]) => tokens.map(({ id }) => id);
  const intervention = interventionOf(state, runShape(run.summary)[state.kind]);
  return run.model.forward(ids(run.summary.sourceTokens), ids(run.summary.decoderInput), undefined, { intervention });
}

function off(found: Float32Array, wanted: Float32Array): number {
  expect(found.length).toBe(wanted.length);
  return found.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i])), 0);
}

describe(`a forward pass that is changed on purpose, against numpy within ${TOLERANCE}`, () => {
  test.each(Object.keys(CASES))('%s: weights of every layer and head, logits', async (name) => {
    const pass = await changed(CASES[name]);
    expect(off(run.model.logits(pass.decoderOutput).data, expected.get(`${name}/logits`)!)).toBeLessThan(TOLERANCE);
    for (const kind of ['encoder', 'decoder', 'cross'] as const) {
      pass[kind].forEach((record, layer) => {
        const all = expected.get(`${name}/${kind}.${layer}`)!;
        for (let head = 0; head < record.heads; head++) {
          const { data } = headWeights(record, head);
          expect(off(data, all.subarray(head * data.length, (head + 1) * data.length))).toBeLessThan(TOLERANCE);
        }
      });
    }
  });

  test('nothing changed gives the same pass, and an encoder that is known is not run again', async () => {
    const again = await changed({});
    expect(again.decoderOutput).toEqual(run.pass.decoderOutput);
    const steps: number[] = [];
    const ids = (tokens: readonly { id: number }[]) => tokens.map(({ id }) => id);
    const known = await run.model.forward([], ids(run.summary.decoderInput), (done) => void steps.push(done), {
      encoded: run.pass,
    });
    expect(known.decoderOutput).toEqual(run.pass.decoderOutput);
    expect(known.encoder).toBe(run.pass.encoder);
    expect(steps).toEqual([0, 0.5]);
  });

  test('every case is of an effect', () => {
    for (const name of Object.keys(CASES)) {
      const plain = run.model.logits(run.pass.decoderOutput).data;
      expect(off(plain, expected.get(`${name}/logits`)!)).toBeGreaterThan(100 * TOLERANCE);
    }
  });
});
