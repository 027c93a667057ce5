import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { run } from '../../../src/engine/run.ts';
import { loadModel } from '../../../src/model/load-model.ts';
import type { Model } from '../../../src/model/model.ts';
import { nodeFiles } from '../../../src/model/node-files.ts';

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
