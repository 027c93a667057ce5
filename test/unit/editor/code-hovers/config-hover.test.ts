import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { layerParameters } from '../../../../src/attention/complexity.ts';
import { drain } from '../../../../src/base/scheduling.ts';
import { findAttention } from '../../../../src/code/find-attention.ts';
import type { ConfigFinding } from '../../../../src/code/finding.ts';
import { readSafetensors } from '../../../../src/model/checkpoint/safetensors.ts';

const folder = path.resolve(import.meta.dirname, '../../../fixtures/hf');

/** The finding at a field's name. */
function field(config: string | object, name: string): ConfigFinding | undefined {
  const text = typeof config === 'string' ? config : JSON.stringify(config, undefined, 2);
  const found = drain(findAttention(text, text.indexOf(`"${name}"`) + 2, true));
  return found?.kind === 'config' ? found : undefined;
}

describe('a config and the weights beside it', () => {
  const ATTENTION = /attn|attention/i;
  const OTHER = /norm|relative_attention_bias|\.attn\.(masked_)?bias|ln_/i;
  const families = readdirSync(folder).filter((name) => name !== 'RECOVERED.md' && name !== 'vit-gpt2');

  /** Numbers in the tensors of attention of a real checkpoint. */
  function inWeights(family: string): number {
    const files = readdirSync(path.join(folder, family)).filter((name) =>
      /^(model|recovered)\.safetensors$/.test(name),
    );
    const sizes = new Map<string, number>();
    for (const file of files) {
      for (const [name, { shape }] of readSafetensors(readFileSync(path.join(folder, family, file)), file))
        sizes.set(
          name,
          shape.reduce((product, size) => product * size, 1),
        );
    }
    return [...sizes].reduce((sum, [name, size]) => sum + (ATTENTION.test(name) && !OTHER.test(name) ? size : 0), 0);
  }

  test.each(families)('%s: as many parameters as the checkpoint has', (family) => {
    const config = readFileSync(path.join(folder, family, 'config.json'), 'utf8');
    const name = ['d_model', 'hidden_size', 'n_embd'].find((one) => config.includes(`"${one}"`))!;
    const { stacks } = field(config, name)!;
    const counted = stacks.reduce(
      (sum, { layers, sizes, biases }) => sum + layers! * layerParameters(sizes, biases!).total,
      0,
    );
    expect(counted).toBe(inWeights(family));
  });

  test('the bundled model', () => {
    const text = readFileSync(path.resolve(folder, '../../../models/en-zh/config.json'), 'utf8');
    const found = field(text, 'decoder_attention_heads');
    expect(found).toMatchObject({ field: 'heads', part: 'decoder', value: 6, positions: 512, numberBytes: 2 });
    expect(found?.stacks.map(({ part, layers }) => `${part} ${layers}`)).toEqual(['encoder 3', 'decoder 3', 'cross 3']);
  });
});

describe('configs of other families', () => {
  const llama = {
    architectures: ['LlamaForCausalLM'],
    attention_bias: false,
    hidden_size: 4096,
    max_position_embeddings: 8192,
    model_type: 'llama',
    num_attention_heads: 32,
    num_hidden_layers: 32,
    num_key_value_heads: 8,
    torch_dtype: 'bfloat16',
  };

  test('grouped queries: Llama 3 8B has 41,943,040 numbers in each attention layer', () => {
    const found = field(llama, 'num_key_value_heads')!;
    expect(found).toMatchObject({ field: 'keyHeads', value: 8, dtype: 'bfloat16', numberBytes: 2, positions: 8192 });
    const [{ part, sizes, biases, layers }] = found.stacks;
    expect({ part, layers }).toEqual({ part: 'self', layers: 32 });
    expect(sizes).toEqual({ width: 4096, heads: 32, headWidth: 128, keyHeads: 8 });
    // q and o: 4096 · 4096; k and v: 4096 · 1024.
    expect(layerParameters(sizes, biases!).total).toBe(2 * 4096 * 4096 + 2 * 4096 * 1024);
  });

  test('a head of a width of its own: Gemma 7B has 16 heads of 256 on a width of 3072', () => {
    const gemma = {
      ...llama,
      model_type: 'gemma',
      hidden_size: 3072,
      num_attention_heads: 16,
      num_key_value_heads: 16,
      head_dim: 256,
    };
    const [{ sizes, biases }] = field(gemma, 'head_dim')!.stacks;
    expect(layerParameters(sizes, biases!).total).toBe(4 * 3072 * 4096);
  });

  test('Qwen2 adds biases to q, k and v alone', () => {
    const qwen = {
      ...llama,
      model_type: 'qwen2',
      attention_bias: undefined,
      hidden_size: 896,
      num_attention_heads: 14,
      num_key_value_heads: 2,
    };
    const [{ sizes, biases }] = field(qwen, 'hidden_size')!.stacks;
    expect(layerParameters(sizes, biases!).biases).toBe(896 + 128 + 128);
  });

  test('a family that is not known: biases are not counted, and it says so', () => {
    const found = field({ ...llama, model_type: 'mine', attention_bias: undefined }, 'hidden_size')!;
    expect(found.stacks[0].biases).toBeUndefined();
  });

  test('objects within objects are models of their own; the type of numbers is the whole file’s', () => {
    const nested = {
      model_type: 'both',
      torch_dtype: 'float16',
      text_config: { ...llama, torch_dtype: undefined },
      vision_config: { hidden_size: 64, num_attention_heads: 4 },
    };
    expect(field(nested, 'num_hidden_layers')).toMatchObject({ modelType: 'llama', dtype: 'float16' });
    expect(
      drain(findAttention(JSON.stringify(nested), JSON.stringify(nested).lastIndexOf('hidden_size') + 1, true)),
    ).toMatchObject({
      value: 64,
      stacks: [{ sizes: { width: 64, heads: 4, headWidth: 16 } }],
    });
  });

  test('sizes that cannot be', () => {
    expect(field({ ...llama, num_attention_heads: 30 }, 'hidden_size')).toMatchObject({ problem: 'heads', stacks: [] });
    expect(field({ ...llama, num_key_value_heads: 5 }, 'hidden_size')).toMatchObject({
      problem: 'keyHeads',
      stacks: [],
    });
  });

  test.each([
    ['other fields', llama, 'torch_dtype'],
    ['other files', { name: 'x', dim: 3 }, 'dim'],
    ['sizes that are no sizes', { ...llama, hidden_size: '4096' }, 'hidden_size'],
    ['sizes below one', { ...llama, hidden_size: -4 }, 'hidden_size'],
    ['names of every object', { ...llama, constructor: 4 }, 'constructor'],
  ])('leaves alone %s', (_, config, name) => {
    expect(field(config, name)).toBeUndefined();
  });

  test('comments, trailing commas and half a file', () => {
    expect(
      field('{ // ours\n "model_type": "bert", "hidden_size": 64, "num_attention_heads": 4, }', 'hidden_size')?.stacks,
    ).toHaveLength(1);
    expect(field('{ "model_type": "bert", "hidden_size": 64, "num_attention_heads": ', 'hidden_size')?.value).toBe(64);
  });

  test.each([
    ['brackets', `{"model_type": ${'['.repeat(90_000)}`],
    ['objects', `{"model_type":${'{"num_heads":'.repeat(10_000)}`],
    ['quotes', `{"model_type": "${'\\"'.repeat(90_000)}`],
    ['size', `{"model_type": "x", "d": "${'x'.repeat(300_000)}"}`],
  ])('is done with hostile %s', (_, text) => {
    for (const offset of [0, 3, text.length >> 1, text.length])
      expect(drain(findAttention(text, offset, true))).toBeUndefined();
  });
});
