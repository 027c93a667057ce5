import { ACTIVATION_NAMES } from '../../tensor/activation.ts';
import type { Config } from '../checkpoint/config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { AttentionBlock, Stack } from '../transformer/network.ts';

/** Layers of BERT and ViT, which share names but for the attention's prefix and the norms. */
export function bertLayers(
  config: Config,
  weights: Weights,
  prefix: string,
  names: {
    readonly attention: string;
    readonly selfNorm: string;
    readonly feedForwardNorm: string;
    readonly bias: boolean;
  },
): Stack['layers'] {
  const width = config.size('hidden_size');
  const heads = config.heads('num_attention_heads', width);
  const inner = config.size('intermediate_size');
  const epsilon = config.number('layer_norm_eps', 1e-12);
  const activation = config.text('hidden_act', ACTIVATION_NAMES, 'gelu');
  return Array.from({ length: config.size('num_hidden_layers') }, (_, index) => {
    const at = `${prefix}.layer.${index}`;
    const take = (which: string) =>
      weights.linear(`${at}.${names.attention}.${which}`, width, width, names.bias ? 'bias' : 'no bias');
    const self: AttentionBlock = {
      weights: {
        query: take('query'),
        key: take('key'),
        value: take('value'),
        outputWeight: weights.transposed(`${at}.attention.output.dense.weight`, width, width),
        outputBias: weights.bias(`${at}.attention.output.dense`, width, 'bias'),
      },
      norm: weights.layerNorm(`${at}.${names.selfNorm}`, width, epsilon),
      heads,
      divisor: Math.sqrt(width / heads),
    };
    return {
      self,
      cross: undefined,
      feedForward: {
        activation,
        inner: weights.linear(`${at}.intermediate.dense`, inner, width),
        gate: undefined,
        outer: weights.linear(`${at}.output.dense`, width, inner),
      },
      feedForwardNorm: weights.layerNorm(`${at}.${names.feedForwardNorm}`, width, epsilon),
    };
  });
}
