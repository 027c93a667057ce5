import { ACTIVATION_NAMES } from '../../tensor/activation.ts';
import { type Matrix, rows } from '../../tensor/matrix.ts';
import type { Linear } from '../../tensor/parameters.ts';
import type { Config } from '../checkpoint/config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { embedTokens, tokenIds } from '../transformer/embeddings.ts';
import type { AttentionBlock, Network, Stack } from '../transformer/network.ts';
import type { Family } from './family.ts';

/** GPT-2: a decoder alone, norms before, learned positions, Q, K and V in one weight. Source: Radford et al. 2019. */
export const gpt2: Family = {
  type: 'gpt2',
  build(config, weights) {
    const prefix = weights.has('transformer.wte.weight') ? 'transformer.' : '';
    const { decoder, head, vocabulary, positions } = gpt2Decoder(config, weights, prefix, 'lm_head.weight', undefined);
    return {
      encoder: undefined,
      decoder,
      bridge: undefined,
      head,
      vocabulary,
      maxSource: undefined,
      maxTarget: positions,
      input: 'tokens',
    };
  },
};

/** @param memory width of the encoder's states where the decoder has cross-attention */
export function gpt2Decoder(
  config: Config,
  weights: Weights,
  prefix: string,
  head: string,
  memory: number | undefined,
) {
  const width = config.size(['n_embd', 'hidden_size']);
  const heads = config.heads(['n_head', 'num_attention_heads'], width);
  const inner = config.size('n_inner', 4 * width);
  const vocabulary = config.size('vocab_size');
  const most = config.size(['n_positions', 'max_position_embeddings']);
  const epsilon = config.number('layer_norm_epsilon', 1e-5);
  const activation = config.text('activation_function', ACTIVATION_NAMES, 'gelu_new');
  const scaled = config.flag('scale_attn_weights', true);
  const byLayer = config.flag('scale_attn_by_inverse_layer_idx', false);
  const table = weights.weight([`${prefix}wte.weight`, head], vocabulary, width);
  const embedding = { table, scale: 1, positions: weights.matrix(`${prefix}wpe.weight`, most, width), offset: 0 };

  const layers: Stack['layers'] = Array.from({ length: config.size(['n_layer', 'num_hidden_layers']) }, (_, index) => {
    const at = `${prefix}h.${index}`;
    const block = (name: string, norm: string, [query, key, value]: Linear[]): AttentionBlock => {
      const out = `${at}.${name}.c_proj`;
      return {
        weights: {
          query,
          key,
          value,
          // Stored as it is needed, [in, out].
          outputWeight: weights.matrix(`${out}.weight`, width, width),
          outputBias: weights.bias(out, width, 'maybe'),
        },
        norm: weights.layerNorm(`${at}.${norm}`, width, epsilon, 'maybe'),
        heads,
        divisor: (scaled ? Math.sqrt(width / heads) : 1) * (byLayer ? index + 1 : 1),
      };
    };
    return {
      self: block('attn', 'ln_1', split(weights.wideConv1d(`${at}.attn.c_attn`, 3 * width, width), width)),
      cross:
        memory === undefined
          ? undefined
          : block('crossattention', 'ln_cross_attn', [
              weights.conv1d(`${at}.crossattention.q_attn`, width, width),
              ...split(weights.wideConv1d(`${at}.crossattention.c_attn`, 2 * width, memory), width),
            ]),
      feedForward: {
        activation,
        inner: weights.conv1d(`${at}.mlp.c_fc`, inner, width),
        gate: undefined,
        outer: weights.conv1d(`${at}.mlp.c_proj`, width, inner),
      },
      feedForwardNorm: weights.layerNorm(`${at}.ln_2`, width, epsilon),
    };
  });
  const decoder: Stack = {
    embed: (input, past) => embedTokens(embedding, tokenIds(input), past),
    embeddingNorm: undefined,
    layers,
    normBefore: true,
    finalNorm: weights.layerNorm(`${prefix}ln_f`, width, epsilon),
    causal: true,
    relativeBias: undefined,
  };
  const output: Network['head'] = {
    weight: weights.has(head) ? weights.weight(head, vocabulary, width) : table,
    bias: undefined,
    scale: 1,
  };
  return { decoder, head: output, vocabulary, positions: most, width };
}

/** Q, K, V (or K, V) out of one map: `width` outputs each. */
function split({ weight, bias }: Linear & { readonly weight: Matrix }, width: number): Linear[] {
  return Array.from({ length: weight.rows / width }, (_, i) => ({
    weight: rows(weight, i * width, (i + 1) * width),
    bias: bias?.subarray(i * width, (i + 1) * width),
  }));
}
