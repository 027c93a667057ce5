import { type TensorToWrite, writeSafetensors } from '../src/model/checkpoint/safetensors.ts';
import { loadModel } from '../src/model/loading/load-model.ts';
import type { TransformerModel } from '../src/model/transformer/transformer-model.ts';

const [LAYERS, WIDTH, INNER, VOCABULARY] = [6, 512, 2048, 1000];

/**
 * A checkpoint of opus-mt's shape with random weights, and a small vocabulary (a forward pass only looks rows of it up):
 * 6 + 6 layers, width 512, 8 heads, feed-forward 2048.
 */
export function opusMtShape(): Promise<TransformerModel> {
  const tensors: Record<string, TensorToWrite> = { 'model.shared.weight': random(VOCABULARY, WIDTH) };
  tensors.final_logits_bias = random(1, VOCABULARY);
  const linear = (name: string, out: number, input: number) => {
    tensors[`${name}.weight`] = random(out, input);
    tensors[`${name}.bias`] = random(out);
  };
  const attention = (name: string) => {
    for (const part of ['q_proj', 'k_proj', 'v_proj', 'out_proj']) linear(`${name}.${part}`, WIDTH, WIDTH);
    norm(`${name}_layer_norm`);
  };
  const norm = (name: string) => {
    tensors[`${name}.weight`] = { shape: [WIDTH], data: new Float32Array(WIDTH).fill(1) };
    tensors[`${name}.bias`] = random(WIDTH);
  };
  for (const side of ['encoder', 'decoder']) {
    for (let layer = 0; layer < LAYERS; layer++) {
      const at = `model.${side}.layers.${layer}`;
      attention(`${at}.self_attn`);
      if (side === 'decoder') attention(`${at}.encoder_attn`);
      linear(`${at}.fc1`, INNER, WIDTH);
      linear(`${at}.fc2`, WIDTH, INNER);
      norm(`${at}.final_layer_norm`);
    }
  }
  const config = {
    model_type: 'marian',
    d_model: WIDTH,
    vocab_size: VOCABULARY,
    max_position_embeddings: 512,
    activation_function: 'swish',
    scale_embedding: true,
    decoder_start_token_id: 0,
    eos_token_id: 0,
    ...Object.fromEntries(
      ['encoder', 'decoder'].flatMap((side) => [
        [`${side}_layers`, LAYERS],
        [`${side}_attention_heads`, 8],
        [`${side}_ffn_dim`, INNER],
      ]),
    ),
  };
  const files = new Map([
    ['config.json', new TextEncoder().encode(JSON.stringify(config))],
    ['model.safetensors', writeSafetensors(tensors)],
  ]);
  return loadModel({
    folder: 'opus-mt-shape',
    list: async () => [...files.keys()],
    read: async (name) => files.get(name),
  });
}

let state = 1;

function random(...shape: number[]): TensorToWrite {
  const count = shape.reduce((a, b) => a * b);
  const scale = 1 / Math.sqrt(shape[shape.length - 1]);
  const data = Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state / 2 ** 31) * scale;
  });
  return { shape, data };
}
