import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFiles } from '../../../../src/model/checkpoint/node-files.ts';
import { readSafetensors, type TensorToWrite, writeSafetensors } from '../../../../src/model/checkpoint/safetensors.ts';
import { decodeFloats } from '../../../../src/model/checkpoint/tensor-values.ts';
import { loadModel } from '../../../../src/model/loading/load-model.ts';
import { sinusoidalPositions } from '../../../../src/model/transformer/embeddings.ts';

const MARIAN = join(import.meta.dirname, '../../../fixtures/hf/marian');
const IDS = [5, 6, 7];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attention-model-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Marian's fixture with its config and tensors changed. */
function write(
  change: { config?: Record<string, unknown>; tensors?: (tensors: Record<string, TensorToWrite>) => void } = {},
): void {
  const config = JSON.parse(readFileSync(join(MARIAN, 'config.json'), 'utf8'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, ...change.config }));
  const stored = readSafetensors(readFileSync(join(MARIAN, 'model.safetensors')), 'marian');
  const tensors: Record<string, TensorToWrite> = {};
  for (const [name, tensor] of stored) tensors[name] = { shape: tensor.shape, data: decodeFloats(tensor, name) };
  change.tensors?.(tensors);
  writeFileSync(join(folder, 'model.safetensors'), writeSafetensors(tensors));
}

const load = () => loadModel(nodeFiles(folder));
const rejects = (code: string, message: RegExp) =>
  expect(load()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });

async function logits(): Promise<number[]> {
  const model = await load();
  return [...model.logits((await model.forward(IDS, [model.startToken, 8])).decoderOutput).data];
}

describe('a checkpoint that can be read', () => {
  test('says what it is', async () => {
    write();
    const { info, startToken, endToken } = await load();
    expect(info).toMatchObject({
      family: 'marian',
      encoderLayers: 2,
      decoderLayers: 2,
      width: 32,
      headWidth: 8,
      encoderFeedForward: 64,
      decoderFeedForward: 48,
      vocabulary: 120,
      maxPositions: 64,
      dtype: 'F32',
      directions: [],
      alignmentHead: undefined,
    });
    expect(info.parameters).toBeGreaterThan(40_000);
    expect([startToken, endToken]).toEqual([119, 0]);
  });

  test('gives the same logits with positions stored or computed', async () => {
    write();
    const stored = await logits();
    write({
      tensors: (all) => {
        for (const side of ['encoder', 'decoder']) delete all[`model.${side}.embed_positions.weight`];
      },
    });
    for (const [i, value] of (await logits()).entries()) expect(Math.abs(value - stored[i])).toBeLessThan(1e-5);
  });

  test.each([
    'model.encoder.embed_tokens.weight',
    'model.decoder.embed_tokens.weight',
    'lm_head.weight',
    'shared.weight',
  ])('gives the same logits with the tied weights under %s', async (alias) => {
    write();
    const expected = await logits();
    write({
      tensors: (all) => {
        all[alias] = all['model.shared.weight'];
        delete all['model.shared.weight'];
      },
    });
    expect(await logits()).toEqual(expected);
  });

  test('in shards named by an index', async () => {
    write();
    const expected = await logits();
    const stored = readSafetensors(readFileSync(join(folder, 'model.safetensors')), 'x');
    const map: Record<string, string> = {};
    const shards: Record<string, TensorToWrite>[] = [{}, {}];
    [...stored].forEach(([name, tensor], i) => {
      shards[i % 2][name] = { shape: tensor.shape, data: decodeFloats(tensor, name) };
      map[name] = `model-${i % 2}.safetensors`;
    });
    rmSync(join(folder, 'model.safetensors'));
    for (const [i, shard] of shards.entries()) {
      writeFileSync(join(folder, `model-${i}.safetensors`), writeSafetensors(shard));
    }
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify({ weight_map: map }));
    expect(await logits()).toEqual(expected);
    rmSync(join(folder, 'model-1.safetensors'));
    await rejects('model-file', /model-1\.safetensors, which is not there/);
  });

  test('names its alignment head only where it has one', async () => {
    const explorer = (layer: number, head: number) => ({ attention_explorer: { alignment: { layer, head } } });
    write({ config: explorer(1, 3) });
    expect((await load()).info.alignmentHead).toEqual({ layer: 1, head: 3 });
    write({ config: explorer(2, 0) });
    expect((await load()).info.alignmentHead).toBeUndefined();
    write({ config: explorer(0, 4) });
    expect((await load()).info.alignmentHead).toBeUndefined();
  });

  test('names how it aligns words only where it has that head, with thresholds that can be one', async () => {
    const best = async (bestAlignment: unknown) => {
      write({ config: { attention_explorer: { bestAlignment } } });
      return (await load()).info.wordAlignment;
    };
    expect(await best({ layer: 1, head: 3, row: 'reading', geometricMeanAbove: 0.25 })).toEqual({
      layer: 1,
      head: 3,
      row: 'reading',
      geometricMeanAbove: 0.25,
    });
    expect(await best({ layer: 0, head: 0, weightAbove: 7 })).toEqual({ layer: 0, head: 0, row: 'predicting' });
    for (const wrong of [undefined, null, 'layer 1', { layer: 2, head: 0 }, { layer: 0, head: 1.5 }]) {
      expect(await best(wrong)).toBeUndefined();
    }
  });

  test('stops between layers and steps when the checkpoint throws', async () => {
    write();
    const model = await load();
    let calls = 0;
    const cancel = () => {
      if (++calls === 2) throw new DOMException('cancelled', 'AbortError');
    };
    await expect(model.forward(IDS, [119], cancel)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(model.generate(IDS, { beams: 2, maxLength: 9 }, cancel)).resolves.toBeDefined();
    calls = 0;
    await expect(model.generate(IDS, { beams: 2, maxLength: 9 }, cancel)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('never writes a token that its config forbids', async () => {
    write();
    const [first] = await (await load()).generate(IDS, { beams: 1, maxLength: 8 });
    write({ config: { bad_words_ids: [[first]] } });
    expect(await (await load()).generate(IDS, { beams: 1, maxLength: 8 })).not.toContain(first);
    write({ config: { forced_bos_token_id: 77 } });
    expect((await (await load()).generate(IDS, { beams: 3, maxLength: 8 }))[0]).toBe(77);
  });
});

describe('a checkpoint that can’t be read says why', () => {
  test('no folder', async () => {
    await expect(loadModel(nodeFiles(join(folder, 'nowhere')))).rejects.toMatchObject({ code: 'model-missing' });
  });

  test('an empty folder, no weights, pickled weights', async () => {
    await rejects('model-missing', /no config\.json/);
    writeFileSync(join(folder, 'config.json'), readFileSync(join(MARIAN, 'config.json')));
    await rejects('model-missing', /no model\.safetensors/);
    writeFileSync(join(folder, 'pytorch_model.bin'), 'x');
    await rejects('model-missing', /is code and is not run/);
  });

  test('config.json', async () => {
    write();
    writeFileSync(join(folder, 'config.json'), '{');
    await rejects('model-config', /not JSON/);
    write({ config: { d_model: -1 } });
    await rejects('model-config', /d_model should be a whole number from 1 .* found -1/);
    write({ config: { d_model: 1e12 } });
    await rejects('model-config', /d_model/);
    write({ config: { max_position_embeddings: 1e7 } });
    await rejects('model-config', /max_position_embeddings should be at most 65536/);
    write({ config: { encoder_attention_heads: 5 } });
    await rejects('model-config', /encoder_attention_heads should be a divisor of the width 32, found 5/);
    write({ config: { activation_function: 'constructor' } });
    await rejects('model-config', /activation_function should be one of relu/);
    write({ config: { decoder_start_token_id: 120 } });
    await rejects('model-config', /decoder_start_token_id should be a token id below 120/);
    write({ config: { model_type: 'llama' } });
    await rejects('model-family', /model_type is llama.*marian/);
  });

  test('a missing tensor and a tensor of another shape, naming it, what was expected and what was found', async () => {
    const name = 'model.encoder.layers.1.fc1.weight';
    write({ tensors: (all) => delete all[name] });
    await rejects('model-shape', /encoder\.layers\.1\.fc1\.weight should have shape \[64, 32\].*found nothing/);
    write({ tensors: (all) => (all[name] = { ...all[name], shape: [32, 64] }) });
    await rejects('model-shape', /fc1\.weight should have shape \[64, 32\].*found \[32, 64\]/);
    write({ config: { d_model: 64 } });
    await rejects('model-shape', /should have shape/);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('a weight that is %s, naming the tensor', async (value) => {
    write({ tensors: (all) => ((all['model.decoder.layers.0.fc2.bias'].data as Float32Array)[3] = value) });
    await rejects('model-nan', /model\.decoder\.layers\.0\.fc2\.bias .* holds (NaN|Infinity) \(at 3\)/);
  });

  test('weights so large that the result is no number', async () => {
    for (const part of ['encoder', 'decoder']) {
      const name = `model.${part}.layers.1.final_layer_norm.weight`;
      write({ tensors: (all) => (all[name].data as Float32Array).fill(3e38) });
      const model = await load();
      const failure = { code: 'model-nan', message: expect.stringMatching(new RegExp(`The ${part} of .* too large`)) };
      await expect(model.forward(IDS, [119])).rejects.toMatchObject(failure);
      if (part === 'encoder') {
        await expect(model.generate(IDS, { beams: 1, maxLength: 5 })).rejects.toMatchObject(failure);
      }
    }
  });

  test('a link out of the folder, and a folder in a file’s place', async () => {
    write();
    rmSync(join(folder, 'model.safetensors'));
    symlinkSync(join(MARIAN, 'model.safetensors'), join(folder, 'model.safetensors'));
    await rejects('model-file', /outside the model folder/);
    rmSync(join(folder, 'model.safetensors'));
    symlinkSync('/dev/zero', join(folder, 'model.safetensors'));
    await rejects('model-file', /outside the model folder/);
    rmSync(join(folder, 'model.safetensors'));
    mkdirSync(join(folder, 'model.safetensors'));
    await rejects('model-file', /not a regular file/);
  });

  test.each([
    'config.json',
    'model.safetensors',
    'generation_config.json',
    'tokenizer.json',
    'source.spm',
    'vocab.txt',
  ])('a pipe, which would never end, a link to a device and a link out of the folder in place of %s', async (name) => {
    const refused = { code: 'model-file', message: expect.stringContaining(name) };
    for (const put of [
      (file: string) => execFileSync('mkfifo', [file]),
      (file: string) => symlinkSync('/dev/zero', file),
      (file: string) => symlinkSync('/etc/passwd', file),
      (file: string) => symlinkSync('..', file),
    ]) {
      write();
      rmSync(join(folder, name), { force: true });
      put(join(folder, name));
      await expect(load()).rejects.toMatchObject(refused);
      rmSync(join(folder, name));
    }
  });

  test('more tokens than positions, ids outside the vocabulary, features for text', async () => {
    write();
    const model = await load();
    await expect(model.forward(new Array(65).fill(5), [119])).rejects.toMatchObject({ code: 'text-too-long' });
    await expect(model.forward([120], [119])).rejects.toMatchObject({ code: 'tokenizer-mismatch' });
    const sound = { shape: [2, 2], data: new Float32Array(4) };
    await expect(model.forward(sound, [119])).rejects.toMatchObject({ code: 'model-family' });
  });
});

test('Marian’s computed positions are the stored ones within 1e-6', () => {
  const stored = readSafetensors(readFileSync(join(MARIAN, 'model.safetensors')), 'marian');
  const expected = decodeFloats(stored.get('model.encoder.embed_positions.weight')!, 'positions');
  const found = sinusoidalPositions(64, 32, 'marian').data;
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i] - expected[i])).toBeLessThan(1e-6);
});
