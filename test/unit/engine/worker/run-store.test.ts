import { expect, test } from 'vitest';
import { RunStore } from '../../../../src/engine/worker/run-store.ts';
import { type RunResult, runBytes } from '../../../../src/run/run-result.ts';
import { DeferredMatrix } from '../../../../src/tensor/deferred-matrix.ts';
import { matrix } from '../../../../src/tensor/matrix.ts';

/** A run of one layer that holds so many floats five times, and as many in what the encoder put out. */
function runOf(runId: string, floats: number): RunResult {
  const one = () => matrix(1, floats);
  const record = { input: one(), q: one(), k: one(), v: one(), output: one() };
  const pass = { encoder: [record], decoder: [], cross: [], encoderOutput: record.output, decoderOutput: matrix(0, 0) };
  return { summary: { runId }, pass } as unknown as RunResult;
}

test('a run counts what it holds once, and nothing that is computed when it is read', () => {
  const run = runOf('a', 100);
  expect(runBytes(run)).toBe(5 * 400);
  const deferred = new DeferredMatrix(1, 100, () => matrix(1, 100));
  const [record] = run.pass.encoder;
  expect(runBytes({ pass: { ...run.pass, encoder: [{ ...record, q: deferred, k: deferred, v: deferred }] } })).toBe(
    2 * 400,
  );
});

test('long runs make the ones before them go, and the last always stays', () => {
  const store = new RunStore(8, 5000);
  store.add(runOf('a', 100));
  store.add(runOf('b', 100));
  expect(store.get('a').summary.runId).toBe('a');
  // 2000 bytes each: b is the one that was not looked at.
  store.add(runOf('c', 100));
  expect(() => store.get('b')).toThrow(/no longer in memory/);
  expect(store.get('a').summary.runId).toBe('a');
  store.add(runOf('d', 1000));
  for (const gone of ['a', 'c']) expect(() => store.get(gone)).toThrow(/no longer in memory/);
  expect(store.get('d').summary.runId).toBe('d');
});

test('short ones stay by number', () => {
  const store = new RunStore(2);
  for (const id of ['a', 'b', 'c']) store.add(runOf(id, 1));
  expect(() => store.get('a')).toThrow(/no longer in memory/);
  expect([store.get('b'), store.get('c')].map(({ summary }) => summary.runId)).toEqual(['b', 'c']);
});
