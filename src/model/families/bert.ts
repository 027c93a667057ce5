import { embedTokens, tokenIds } from '../embed-tokens.ts';
import { bertLayers } from './bert-like.ts';
import type { Family } from './family.ts';

/** BERT: an encoder alone, norms after, learned positions and segments. Source: Devlin et al. 2019. */
export const bert: Family = {
  type: 'bert',
  build(config, weights) {
    // With a task head on top, everything stands under `bert.`.
    const root = weights.has('bert.embeddings.word_embeddings.weight') ? 'bert.' : '';
    const width = config.size('hidden_size');
    const vocabulary = config.size('vocab_size');
    const most = config.size('max_position_embeddings');
    const at = `${root}embeddings`;
    config.text('position_embedding_type', ['absolute'], 'absolute');
    const embedding = {
      table: weights.weight(`${at}.word_embeddings.weight`, vocabulary, width),
      scale: 1,
      positions: weights.matrix(`${at}.position_embeddings.weight`, most, width),
      offset: 0,
      segment: weights
        .matrix(`${at}.token_type_embeddings.weight`, config.size('type_vocab_size', 2), width)
        .data.subarray(0, width),
    };
    return {
      encoder: {
        embed: (input, past) => embedTokens(embedding, tokenIds(input), past),
        embeddingNorm: weights.layerNorm(`${at}.LayerNorm`, width, config.number('layer_norm_eps', 1e-12)),
        layers: bertLayers(config, weights, `${root}encoder`, {
          attention: 'attention.self',
          selfNorm: 'attention.output.LayerNorm',
          feedForwardNorm: 'output.LayerNorm',
          bias: true,
        }),
        normBefore: false,
        finalNorm: undefined,
        causal: false,
        relativeBias: undefined,
      },
      decoder: undefined,
      bridge: undefined,
      head: undefined,
      vocabulary,
      maxSource: most,
      maxTarget: undefined,
      input: 'tokens',
    };
  },
};
