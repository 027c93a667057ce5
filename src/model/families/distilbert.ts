import { ACTIVATION_NAMES } from '../../tensor/activation.ts';
import { embedTokens, tokenIds } from '../transformer/embeddings.ts';
import { encoderOnly } from './encoder-only.ts';
import type { Family } from './family.ts';

const EPSILON = 1e-12;

/** DistilBERT: BERT without segments, under names of its own. Source: Sanh et al. 2019. */
export const distilbert: Family = {
  type: 'distilbert',
  build(config, weights) {
    const prefix = weights.has('distilbert.embeddings.word_embeddings.weight') ? 'distilbert.' : '';
    const width = config.size('dim');
    const heads = config.heads('n_heads', width);
    const inner = config.size('hidden_dim');
    const vocabulary = config.size('vocab_size');
    const most = config.size('max_position_embeddings');
    const activation = config.text('activation', ACTIVATION_NAMES, 'gelu');
    const embedding = {
      table: weights.weight(`${prefix}embeddings.word_embeddings.weight`, vocabulary, width),
      scale: 1,
      // Stored, even where they are sinusoids.
      positions: weights.matrix(`${prefix}embeddings.position_embeddings.weight`, most, width),
      offset: 0,
    };
    const layers = Array.from({ length: config.size('n_layers') }, (_, index) => {
      const at = `${prefix}transformer.layer.${index}`;
      const take = (name: string) => weights.linear(`${at}.attention.${name}`, width, width);
      return {
        self: {
          weights: {
            query: take('q_lin'),
            key: take('k_lin'),
            value: take('v_lin'),
            outputWeight: weights.transposed(`${at}.attention.out_lin.weight`, width, width),
            outputBias: weights.bias(`${at}.attention.out_lin`, width, 'bias'),
          },
          norm: weights.layerNorm(`${at}.sa_layer_norm`, width, EPSILON),
          heads,
          divisor: Math.sqrt(width / heads),
        },
        cross: undefined,
        feedForward: {
          activation,
          inner: weights.linear(`${at}.ffn.lin1`, inner, width),
          gate: undefined,
          outer: weights.linear(`${at}.ffn.lin2`, width, inner),
        },
        feedForwardNorm: weights.layerNorm(`${at}.output_layer_norm`, width, EPSILON),
      };
    });
    return encoderOnly(
      {
        embed: (input, past) => embedTokens(embedding, tokenIds(input), past),
        embeddingNorm: weights.layerNorm(`${prefix}embeddings.LayerNorm`, width, EPSILON),
        layers,
      },
      { vocabulary, maxSource: most },
    );
  },
};
