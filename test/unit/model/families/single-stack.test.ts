import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { forwardInputs } from '../../../../src/cli/model-inputs.ts';
import { recordTensors } from '../../../../src/cli/record-tensors.ts';
import type { RunRequest } from '../../../../src/contract/run.ts';
import { initialView } from '../../../../src/contract/state-bounds.ts';
import type { ModelFiles } from '../../../../src/model/checkpoint/checkpoint-files.ts';
import { readSafetensors, type TensorToWrite, writeSafetensors } from '../../../../src/model/checkpoint/safetensors.ts';
import { decodeFloats } from '../../../../src/model/checkpoint/tensor-values.ts';
import { loadModel } from '../../../../src/model/loading/load-model.ts';
import { run } from '../../../../src/run/run-pair.ts';
import { wholeView } from '../../insight/whole-view.ts';
import { fixtureFiles } from '../fixture-files.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/hf');
const INPUTS = readSafetensors(readFileSync(join(FIXTURES, 'bert/expected.safetensors')), 'bert');

type Tensors = Record<string, TensorToWrite>;

/** BERT's fixture under another family's names and config. */
async function converted(config: (bert: Record<string, unknown>) => object, rename: (tensors: Tensors) => Tensors) {
  const files = fixtureFiles(join(FIXTURES, 'bert'));
  const bert = JSON.parse(new TextDecoder().decode(await files.read('config.json')));
  const tensors: Tensors = {};
  for (const [name, tensor] of readSafetensors((await files.read('model.safetensors'))!, 'bert')) {
    if (tensor.dtype === 'F32') tensors[name] = { shape: tensor.shape, data: decodeFloats(tensor, name) };
  }
  const own: Record<string, Uint8Array> = {
    'config.json': new TextEncoder().encode(JSON.stringify({ ...bert, ...config(bert) })),
    'model.safetensors': writeSafetensors(rename(tensors)),
  };
  return loadModel({ ...files, read: async (name) => own[name] });
}

async function expectBert(model: Awaited<ReturnType<typeof loadModel>>): Promise<void> {
  const found = recordTensors(model, await forwardInputs(model, INPUTS, 'bert'));
  for (const [name, tensor] of INPUTS) {
    if (name.includes('input')) continue;
    const expected = decodeFloats(tensor, name);
    const values = found[name].data as Float32Array;
    expect(values.length, name).toBe(expected.length);
    for (const [i, value] of values.entries()) expect(Math.abs(value - expected[i]), name).toBeLessThan(1e-4);
  }
}

describe('families that compute what BERT computes, under other names', () => {
  test.each(['roberta', 'xlm-roberta'])('%s: positions begin behind the padding’s', async (type) => {
    const model = await converted(
      (bert) => ({
        model_type: type,
        pad_token_id: 1,
        max_position_embeddings: (bert.max_position_embeddings as number) + 2,
        type_vocab_size: 1,
      }),
      (tensors) => {
        const out: Tensors = {};
        for (const [name, tensor] of Object.entries(tensors)) out[`roberta.${name.replace(/^bert\./, '')}`] = tensor;
        const at = 'roberta.embeddings';
        const positions = out[`${at}.position_embeddings.weight`];
        const [rows, width] = positions.shape;
        const moved = new Float32Array((rows + 2) * width).fill(9);
        moved.set(positions.data as Float32Array, 2 * width);
        out[`${at}.position_embeddings.weight`] = { shape: [rows + 2, width], data: moved };
        const segment = (out[`${at}.token_type_embeddings.weight`].data as Float32Array).slice(0, width);
        out[`${at}.token_type_embeddings.weight`] = { shape: [1, width], data: segment };
        return out;
      },
    );
    await expectBert(model);
    expect(model.network.maxSource).toBe(
      JSON.parse(readFileSync(join(FIXTURES, 'bert/config.json'), 'utf8')).max_position_embeddings,
    );
  });

  test('distilbert: no segments', async () => {
    const NAMES: Record<string, string> = {
      'attention.self.query': 'attention.q_lin',
      'attention.self.key': 'attention.k_lin',
      'attention.self.value': 'attention.v_lin',
      'attention.output.dense': 'attention.out_lin',
      'attention.output.LayerNorm': 'sa_layer_norm',
      'intermediate.dense': 'ffn.lin1',
      'output.dense': 'ffn.lin2',
      'output.LayerNorm': 'output_layer_norm',
    };
    const model = await converted(
      (bert) => ({
        model_type: 'distilbert',
        dim: bert.hidden_size,
        n_heads: bert.num_attention_heads,
        n_layers: bert.num_hidden_layers,
        hidden_dim: bert.intermediate_size,
        activation: bert.hidden_act,
      }),
      (tensors) => {
        const out: Tensors = {};
        for (const [name, tensor] of Object.entries(tensors)) {
          const bare = name.replace(/^bert\./, '');
          const layer = /^encoder\.layer\.(\d+)\.(.+)\.(weight|bias)$/.exec(bare);
          const moved = layer ? `transformer.layer.${layer[1]}.${NAMES[layer[2]]}.${layer[3]}` : bare;
          out[`distilbert.${moved}`] = tensor;
        }
        // The first segment is part of every word.
        const words = out['distilbert.embeddings.word_embeddings.weight'];
        const segment = out['distilbert.embeddings.token_type_embeddings.weight'].data as Float32Array;
        const width = words.shape[1];
        const data = (words.data as Float32Array).map((value, i) => value + segment[i % width]);
        out['distilbert.embeddings.word_embeddings.weight'] = { shape: words.shape, data };
        return out;
      },
    );
    await expectBert(model);
  });

  test('mt5 is T5', async () => {
    const files = fixtureFiles(join(FIXTURES, 't5-v1_1-bf16'));
    const config = JSON.parse(new TextDecoder().decode(await files.read('config.json')));
    const changed = new TextEncoder().encode(JSON.stringify({ ...config, model_type: 'mt5' }));
    const model = await loadModel({
      ...files,
      read: async (name) => (name === 'config.json' ? changed : files.read(name)),
    });
    expect(model.info).toMatchObject({ family: 'mt5', decoderLayers: config.num_decoder_layers });
  });
});

/** A fixture with a tokenizer of its own: letters, and the given special tokens before them. */
async function withTokenizer(name: string, specials: readonly string[], around: readonly [string, string] | undefined) {
  const files: ModelFiles = fixtureFiles(join(FIXTURES, name));
  const letters = ['▁', ...'abcdefghijklmnopqrstuvwxyz我爱你'];
  const pieces = [...specials, ...letters];
  const json = {
    normalizer: null,
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
    post_processor: around && {
      type: 'BertProcessing',
      cls: [around[0], pieces.indexOf(around[0])],
      sep: [around[1], pieces.indexOf(around[1])],
    },
    decoder: { type: 'Metaspace', replacement: '▁' },
    added_tokens: specials.map((content, id) => ({ id, content, special: true, normalized: false })),
    model: { type: 'Unigram', unk_id: 0, vocab: pieces.map((piece) => [piece, -3]) },
  };
  const bytes = new TextEncoder().encode(JSON.stringify(json));
  return loadModel({ ...files, read: async (file) => (file === 'tokenizer.json' ? bytes : files.read(file)) });
}

async function explore(model: Awaited<ReturnType<typeof loadModel>>, request: Partial<RunRequest>) {
  return run(
    model,
    { folder: '/x', source: 'hi you', ...request },
    () => undefined,
    async () => undefined,
  );
}

describe('an exploration of a model with one stack', () => {
  test('an encoder alone: the source, with what its tokenizer puts around it; a target is not read', async () => {
    const model = await withTokenizer('bert', ['[UNK]', '[CLS]', '[SEP]'], ['[CLS]', '[SEP]']);
    const kept = await explore(model, { target: 'me' });
    const { summary, pass } = kept;
    expect(summary.sourceTokens.map(({ text }) => text).join(' ')).toBe('[CLS] ␣ h i ␣ y o u [SEP]');
    expect(summary).toMatchObject({ target: '', targetTokens: [], decoderInput: [], logProbability: 0 });
    expect([pass.encoder.length, pass.decoder.length, pass.cross.length]).toEqual([model.info.encoderLayers, 0, 0]);
    const view = wholeView(kept, initialView(summary));
    expect(view.state.kind).toBe('encoder');
    expect(view.rows.length).toBe(view.cols.length);
    expect(view.weights.length).toBe(view.rows.length * view.cols.length);
  });

  test('a decoder alone: source and target are one text, each token has its probability, and sees none after it', async () => {
    const model = await withTokenizer('gpt2', ['<unk>'], undefined);
    const alone = await explore(model, {});
    expect(alone.summary.targetTokens.map(({ text }) => text).join(' ')).toBe('␣ h i ␣ y o u');
    expect(alone.summary.decoderInput.length).toBe(alone.summary.targetTokens.length);
    const kept = await explore(model, { target: 'me' });
    const { summary, pass } = kept;
    expect(summary).toMatchObject({ target: 'hi you me', generated: false });
    expect(summary.targetTokens.map(({ text }) => text).join(' ')).toBe('␣ h i ␣ y o u ␣ m e');
    for (const { start, end, text } of summary.targetTokens.filter(({ text }) => text !== '␣')) {
      expect(summary.target.slice(start, end)).toBe(text);
    }
    expect(summary.logProbability).toBeLessThan(0);
    expect([pass.encoder.length, pass.decoder.length, pass.cross.length]).toEqual([0, model.info.decoderLayers, 0]);
    const view = wholeView(kept, { ...initialView(summary), unit: 'pieces', special: 'show' });
    expect(view.state.kind).toBe('decoder');
    expect(view.weights[1]).toBe(0);
    expect((await explore(model, { source: '我爱', target: '你' })).summary.target).toBe('我爱你');
  });
});
