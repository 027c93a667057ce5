import type { Config } from '../checkpoint/config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { embedTokens, tokenIds } from '../transformer/embeddings.ts';
import type { AttentionBlock, FeedForward, Network, Stack } from '../transformer/network.ts';
import type { Family } from './family.ts';

/** T5: RMS norms before, no biases, scores not scaled, learned bias by distance. Source: Raffel et al. 2020. */
export const t5: Family = { type: 't5', build };

/** T5 with a vocabulary of a hundred languages. Source: Xue et al. 2020. */
export const mt5: Family = { type: 'mt5', build };

function build(config: Config, weights: Weights): Network {
  const width = config.size('d_model');
  const vocabulary = config.size('vocab_size');
  const heads = config.size('num_heads');
  const headWidth = config.size('d_kv');
  const epsilon = config.number('layer_norm_epsilon', 1e-6);
  const encoderLayers = config.size('num_layers');
  const projected = config.text('feed_forward_proj', ['relu', 'gated-gelu', 'gated-silu'], 'relu');

  const attention = (at: string, name: string): AttentionBlock => {
    const take = (which: string) => weights.linear(`${at}.${name}.${which}`, heads * headWidth, width, 'no bias');
    return {
      weights: {
        query: take('q'),
        key: take('k'),
        value: take('v'),
        outputWeight: weights.transposed(`${at}.${name}.o.weight`, width, heads * headWidth),
        outputBias: undefined,
      },
      norm: weights.rmsNorm(`${at}.layer_norm`, width, epsilon),
      heads,
      divisor: 1,
    };
  };
  const feedForward = (at: string): FeedForward => {
    const inner = config.size('d_ff');
    const gated = projected !== 'relu';
    const take = (name: string) => weights.linear(`${at}.${name}`, inner, width, 'no bias');
    return {
      // transformers reads `gated-gelu` as the tanh approximation.
      activation: projected === 'gated-gelu' ? 'gelu_new' : projected === 'gated-silu' ? 'silu' : 'relu',
      inner: take(gated ? 'wi_0' : 'wi'),
      gate: gated ? take('wi_1') : undefined,
      outer: weights.linear(`${at}.wo`, width, inner, 'no bias'),
    };
  };
  const stack = (side: 'encoder' | 'decoder', count: number): Stack => {
    const table = weights.weight([`shared.weight`, `${side}.embed_tokens.weight`, 'lm_head.weight'], vocabulary, width);
    const embedding = { table, scale: 1, positions: undefined, offset: 0 };
    const last = side === 'encoder' ? 1 : 2;
    return {
      embed: (input, past) => embedTokens(embedding, tokenIds(input), past),
      embeddingNorm: undefined,
      layers: Array.from({ length: count }, (_, index) => {
        const at = `${side}.block.${index}.layer`;
        return {
          self: attention(`${at}.0`, 'SelfAttention'),
          cross: side === 'encoder' ? undefined : attention(`${at}.1`, 'EncDecAttention'),
          feedForward: feedForward(`${at}.${last}.DenseReluDense`),
          feedForwardNorm: weights.rmsNorm(`${at}.${last}.layer_norm`, width, epsilon),
        };
      }),
      normBefore: true,
      finalNorm: weights.rmsNorm(`${side}.final_layer_norm`, width, epsilon),
      causal: side === 'decoder',
      relativeBias: {
        table: weights.matrix(
          `${side}.block.0.layer.0.SelfAttention.relative_attention_bias.weight`,
          config.size('relative_attention_num_buckets', 32),
          heads,
        ),
        maxDistance: config.size('relative_attention_max_distance', 128),
        bidirectional: side === 'encoder',
      },
    };
  };

  const tied = config.flag('tie_word_embeddings', true);
  const head = tied
    ? ['shared.weight', 'decoder.embed_tokens.weight', 'encoder.embed_tokens.weight', 'lm_head.weight']
    : ['lm_head.weight'];
  return {
    encoder: stack('encoder', encoderLayers),
    decoder: stack('decoder', config.size('num_decoder_layers', encoderLayers)),
    bridge: undefined,
    head: {
      weight: weights.weight(head, vocabulary, width),
      bias: undefined,
      scale: tied ? width ** -0.5 : 1,
    },
    vocabulary,
    maxSource: undefined,
    maxTarget: undefined,
    input: 'tokens',
  };
}
