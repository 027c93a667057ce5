import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { nodeFiles } from '../../../../src/model/checkpoint/node-files.ts';
import { loadModel } from '../../../../src/model/loading/load-model.ts';
import { useKernels } from '../../../../src/tensor/kernels.ts';
import { BACKENDS } from '../../tensor/wasm/all-kernels.ts';

const MODEL = join(import.meta.dirname, '../../../../models/en-zh');

afterEach(() => useKernels(undefined));

test.each([1, 4])('the bundled model writes the same text on all kernels, with %i beams', async (beams) => {
  const model = await loadModel(nodeFiles(MODEL));
  const source = model.tokenizer!.encode('I like eating ice cream in summer.').map(({ id }) => id);
  const texts: string[] = [];
  for (const [, chosen] of BACKENDS) {
    useKernels(chosen);
    texts.push(model.tokenizer!.decode(await model.generate(source, { beams, maxLength: 40 }), { side: 'target' }));
  }
  expect(texts[0]).not.toBe('');
  expect(texts).toEqual(BACKENDS.map(() => texts[0]));
});
