import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forwardInputs } from '../../../../src/cli/model-inputs.ts';
import { recordTensors } from '../../../../src/cli/record-tensors.ts';
import { readSafetensors, type TensorToWrite, writeSafetensors } from '../../../../src/model/checkpoint/safetensors.ts';
import { loadModel } from '../../../../src/model/loading/load-model.ts';
import { fixtureFiles } from '../fixture-files.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/hf');
const load = (name: string) => loadModel(fixtureFiles(join(FIXTURES, name)));
const ids = (...rows: number[][]): TensorToWrite => ({ shape: [rows.length, rows[0].length], data: rows.flat() });

async function forward(model: Awaited<ReturnType<typeof load>>, inputs: Record<string, TensorToWrite>) {
  const passes = await forwardInputs(model, readSafetensors(writeSafetensors(inputs), 'inputs'), 'inputs');
  return recordTensors(model, passes);
}

/** One of a batch: part `index` of every tensor. */
function part(tensors: Record<string, TensorToWrite>, index: number) {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => {
      const size = data.length / shape[0];
      return [name, Array.from(data.slice(index * size, (index + 1) * size) as Float32Array)];
    }),
  );
}

const A = [5, 6, 7, 8, 9];
const B = [11, 12, 13];
const PAD = [1, 1];

describe('a batch of inputs', () => {
  test.each(['marian', 't5', 'm2m_100'])('%s: each of it is what it is alone', async (name) => {
    const model = await load(name);
    const [x, y] = [
      [2, 20, 21],
      [2, 30, 31],
    ];
    const both = await forward(model, { input_ids: ids(A, [...A].reverse()), decoder_input_ids: ids(x, y) });
    expect(both.logits.shape).toEqual([2, 3, 120]);
    const first = await forward(model, { input_ids: ids(A), decoder_input_ids: ids(x) });
    const second = await forward(model, { input_ids: ids([...A].reverse()), decoder_input_ids: ids(y) });
    expect(part(both, 0)).toEqual(part(first, 0));
    expect(part(both, 1)).toEqual(part(second, 0));
  });

  test.each(['marian', 't5', 'bart', 'm2m_100'])(
    '%s: what is masked is seen by nobody, the rest is as without it',
    async (name) => {
      const model = await load(name);
      const decoder = [2, 20, 21];
      const mask = ids([1, 1, 1, 1, 1], [1, 1, 1, 0, 0]);
      const found = await forward(model, {
        input_ids: ids(A, [...B, ...PAD]),
        attention_mask: mask,
        decoder_input_ids: ids(decoder, decoder),
      });
      const alone = await forward(model, { input_ids: ids(B), decoder_input_ids: ids(decoder) });
      const [padded, bare] = [part(found, 1), part(alone, 0)];
      for (const [i, value] of bare.logits.entries()) expect(Math.abs(padded.logits[i] - value)).toBeLessThan(1e-5);
      const heads = model.info.decoderHeads;
      for (let row = 0; row < heads * 3; row++) {
        const weights = padded['cross_attentions.1'].slice(row * 5, row * 5 + 5);
        expect(weights.slice(3)).toEqual([0, 0]);
        for (let s = 0; s < 3; s++)
          expect(Math.abs(weights[s] - bare['cross_attentions.1'][row * 3 + s])).toBeLessThan(1e-5);
      }
    },
  );

  test('BERT and GPT-2 take masks too', async () => {
    const bert = await load('bert');
    const padded = await forward(bert, { input_ids: ids([...B, ...PAD]), attention_mask: ids([1, 1, 1, 0, 0]) });
    const bare = await forward(bert, { input_ids: ids(B) });
    const states = bare.last_hidden_state.data as Float32Array;
    for (const [i, value] of states.entries())
      expect(Math.abs((padded.last_hidden_state.data as Float32Array)[i] - value)).toBeLessThan(1e-5);
    const gpt2 = await load('gpt2');
    const masked = await forward(gpt2, { input_ids: ids([11, 12, 13, 14]), attention_mask: ids([1, 0, 1, 1]) });
    const heads = gpt2.info.decoderHeads;
    for (let h = 0; h < heads; h++)
      for (const t of [1, 2, 3]) expect(masked['attentions.0'].data[(h * 4 + t) * 4 + 1]).toBe(0);
  });

  test('targets that the model writes are padded to the longest, and what fills them is not looked at', async () => {
    const model = await load('marian');
    const found = await forward(model, {
      input_ids: ids(A, [...B, ...PAD]),
      attention_mask: ids([1, 1, 1, 1, 1], [1, 1, 1, 0, 0]),
    });
    const one = await forward(model, { input_ids: ids(B) });
    const length = one.logits.shape[1];
    expect(found.logits.shape[0]).toBe(2);
    expect(found.logits.shape[1]).toBeGreaterThanOrEqual(length);
    const logits = part(found, 1).logits;
    for (const [i, value] of part(one, 0).logits.entries()) expect(Math.abs(logits[i] - value)).toBeLessThan(1e-4);
  });

  test.each<[string, Record<string, TensorToWrite>, RegExp]>([
    [
      'a target of another batch',
      { input_ids: ids(A, A), decoder_input_ids: ids([2]) },
      /decoder_input_ids .* batch of 2/,
    ],
    ['a mask of another length', { input_ids: ids(A), attention_mask: ids([1, 1]) }, /attention_mask .* with 5 tokens/],
    [
      'a second segment',
      { input_ids: ids(A), token_type_ids: ids([0, 0, 1, 1, 1]) },
      /token_type_ids .* segments other than 0/,
    ],
    ['no batch', { input_ids: { shape: [5], data: A } }, /\[5\] should have 2 sizes/],
    ['nothing', { other: ids(A) }, /none of input_ids/],
  ])('%s is refused by name', async (_, inputs, message) => {
    const model = await load('marian');
    await expect(forward(model, inputs)).rejects.toMatchObject({
      code: 'model-file',
      message: expect.stringMatching(message),
    });
  });
});

test('the batch of the fixture is the fixture twice', async () => {
  const model = await load('whisper');
  const inputs = readSafetensors(readFileSync(join(FIXTURES, 'whisper/expected.safetensors')), 'whisper');
  const once = recordTensors(model, await forwardInputs(model, inputs, 'whisper'));
  const twice = new Map(
    [...inputs].map(([name, { dtype, shape, bytes }]) => {
      const both = new Uint8Array(2 * bytes.length);
      both.set(bytes);
      both.set(bytes, bytes.length);
      return [name, { dtype, shape: [2, ...shape.slice(1)], bytes: both }];
    }),
  );
  const found = recordTensors(model, await forwardInputs(model, twice, 'whisper'));
  expect(found.logits.shape[0]).toBe(2);
  expect(part(found, 0)).toEqual(part(once, 0));
  expect(part(found, 1)).toEqual(part(once, 0));
});
