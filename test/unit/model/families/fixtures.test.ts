import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { headWeights } from '../../../../src/attention/head-trace.ts';
import { forwardInputs, readInputs } from '../../../../src/cli/model-inputs.ts';
import { recordTensors } from '../../../../src/cli/record-tensors.ts';
import { readSafetensors } from '../../../../src/model/checkpoint/safetensors.ts';
import { decodeFloats } from '../../../../src/model/checkpoint/tensor-values.ts';
import { loadModel } from '../../../../src/model/loading/load-model.ts';
import { useKernels } from '../../../../src/tensor/kernels.ts';
import { BACKENDS } from '../../tensor/wasm/all-kernels.ts';
import { fixtureFiles } from '../fixture-files.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/hf');
const TOLERANCE = 1e-4;

for (const name of readdirSync(FOLDER).filter((one) => !one.includes('.'))) {
  const folder = join(FOLDER, name);
  describe.each(BACKENDS)(`${name} against transformers, on %s kernels`, (_, chosen) => {
    const memory = chosen?.weightMemory;
    beforeEach(() => useKernels(chosen));
    afterEach(() => useKernels(undefined));

    test.each([
      ['widened once', Number.POSITIVE_INFINITY],
      ['widened as they are used', 0],
    ])(`attentions, encoder output and logits within ${TOLERANCE}, weights %s`, async (_, leanFrom) => {
      const model = await loadModel(fixtureFiles(folder), undefined, { leanFrom, memory });
      const expected = readSafetensors(readFileSync(join(folder, 'expected.safetensors')), name);
      const found = recordTensors(model, await forwardInputs(model, expected, name));
      const keys = [...expected.keys()].filter((key) => !/input|pixel/.test(key));
      expect(keys.length).toBeGreaterThan(2);
      for (const key of keys) {
        expect(found[key]?.shape, key).toEqual(expected.get(key)!.shape);
        expect(
          largestDifference(found[key].data as Float32Array, decodeFloats(expected.get(key)!, key)),
          key,
        ).toBeLessThan(TOLERANCE);
      }
    });

    test('rows of every attention sum to 1', async () => {
      const model = await loadModel(fixtureFiles(folder), undefined, { memory });
      const inputs = readSafetensors(readFileSync(join(folder, 'expected.safetensors')), name);
      const [pass] = await forwardInputs(model, inputs, name);
      for (const record of [...pass.encoder, ...pass.decoder, ...pass.cross]) {
        for (let head = 0; head < record.heads; head++) {
          const weights = headWeights(record, head);
          for (let t = 0; t < weights.rows; t++) {
            const sum = weights.data.subarray(t * weights.cols, (t + 1) * weights.cols).reduce((a, b) => a + b, 0);
            expect(Math.abs(sum - 1)).toBeLessThan(1e-6);
          }
        }
      }
    });

    if (existsSync(join(folder, 'generated.json'))) {
      test('generates the same tokens, greedy and with beams', async () => {
        const model = await loadModel(fixtureFiles(folder), undefined, { memory });
        const inputs = readSafetensors(readFileSync(join(folder, 'expected.safetensors')), name);
        const [{ source }] = readInputs(inputs, name);
        const expected = JSON.parse(readFileSync(join(folder, 'generated.json'), 'utf8'));
        const generate = async (options: object) => [
          model.startToken,
          ...(await model.generate(source, { beams: 1, maxLength: 16, ...options })),
        ];
        expect(await generate({})).toEqual(expected.greedy);
        // Biases recovered from the first 6 positions leave later ones open (see RECOVERED.md): beams look there.
        if (existsSync(join(folder, 'recovered.safetensors'))) return;
        expect(await generate({ beams: 4, lengthPenalty: 1 })).toEqual(expected.beam4);
        expect(await generate({ beams: 4, lengthPenalty: 0.6, noRepeatNgram: 2 })).toEqual(
          expected['beam4_length_penalty_0.6_no_repeat_2'],
        );
      });
    }
  });
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
