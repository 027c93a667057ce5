import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { nodeFiles } from '../../../src/model/checkpoint/node-files.ts';
import { loadModel } from '../../../src/model/loading/load-model.ts';
import type { Model } from '../../../src/model/model.ts';
import { scoreTarget } from '../../../src/run/predictions.ts';
import { run } from '../../../src/run/run-pair.ts';
import { useKernels } from '../../../src/tensor/kernels.ts';
import { type Matrix, matrix } from '../../../src/tensor/matrix.ts';
import { BACKENDS } from '../tensor/wasm/all-kernels.ts';

let model: Model;

beforeAll(async () => {
  const folder = path.resolve(import.meta.dirname, '../../../models/en-zh');
  model = await loadModel(nodeFiles(folder), async () => undefined);
});

const explore = async (source: string, target?: string) =>
  (
    await run(
      model,
      { folder: '', source, target, beams: 1 },
      () => undefined,
      async () => undefined,
    )
  ).summary;

test('what the model writes greedily has rank 1 throughout', async () => {
  const { scores, targetTokens, generated } = await explore('I like eating ice cream.');
  expect(generated).toBe(true);
  expect(scores?.length).toBe(targetTokens.length);
  expect(scores?.map(({ rank }) => rank)).toEqual(targetTokens.map(() => 1));
});

test('a target that does not belong is improbable, and the probabilities multiply to the whole’s', async () => {
  const own = await explore('I like eating ice cream.', '我喜欢吃冰淇淋。');
  const other = await explore('I like eating ice cream.', '他明天去北京。');
  expect(other.logProbability).toBeLessThan(own.logProbability - 10);
  expect(Math.max(...(other.scores ?? []).map(({ rank }) => rank))).toBeGreaterThan(10);
  for (const { scores, logProbability } of [own, other])
    expect(scores?.reduce((sum, { probability }) => sum + Math.log(probability), 0)).toBeCloseTo(logProbability, 3);
});

describe.each(BACKENDS)('%s', (_, chosen) => {
  beforeEach(() => useKernels(chosen));
  afterEach(() => useKernels(undefined));

  test('probabilities are those of 64-bit sums within a millionth of themselves, also where 32 bits would call them 0', async () => {
    const [rows, vocabulary] = [40, 301];
    const data = Float32Array.from({ length: rows * vocabulary }, (_, i) => ((Math.imul(i, 7919) % 1000) / 1000) * 90);
    const target = Array.from({ length: rows }, (_, t) => (t * 37) % vocabulary);
    // One is far below what a 32-bit float can hold, one is the largest twice.
    data[3 * vocabulary + target[3]] = -200;
    data[5 * vocabulary + target[5]] = 95;
    data[5 * vocabulary + 300] = 95;
    const logits = ({ data: places }: Matrix) => {
      const out = matrix(places.length, vocabulary);
      for (const [i, t] of places.entries())
        out.data.set(data.subarray(t * vocabulary, (t + 1) * vocabulary), i * vocabulary);
      return out;
    };
    // A "state" of a position is its number, so that the logits of a block of rows can be looked up.
    const states = matrix(
      rows,
      1,
      Float32Array.from({ length: rows }, (_, t) => t),
    );
    const { scores, logProbability } = await scoreTarget({ logits }, states, target, async () => undefined);
    let all = 0;
    for (const [t, id] of target.entries()) {
      const row = [...data.subarray(t * vocabulary, (t + 1) * vocabulary)];
      const log = row[id] - Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0));
      all += log;
      expect(Math.abs(scores[t].probability / Math.exp(log) - 1)).toBeLessThan(1e-6);
      expect(scores[t].rank).toBe(
        1 + row.filter((logit, i) => logit > row[id] || (logit === row[id] && i < id)).length,
      );
    }
    expect(scores[3].probability).toBeGreaterThan(0);
    expect(logProbability).toBeCloseTo(all, 4);
  });
});
