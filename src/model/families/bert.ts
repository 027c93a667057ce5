import type { Config } from '../checkpoint/config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { embedTokens, tokenIds } from '../transformer/embeddings.ts';
import type { Network } from '../transformer/network.ts';
import { bertLayers } from './bert-like.ts';
import { encoderOnly } from './encoder-only.ts';
import type { Family } from './family.ts';

/** BERT: an encoder alone, norms after, learned positions and segments. Source: Devlin et al. 2019. */
export const bert: Family = { type: 'bert', build: (config, weights) => bertNetwork(config, weights, 'bert', 0) };

/** RoBERTa and XLM-RoBERTa: BERT whose positions begin behind the padding's. Source: Liu et al. 2019; Conneau et al. 2020. */
export const roberta: Family = { type: 'roberta', build: robertaNetwork };

export const xlmRoberta: Family = { type: 'xlm-roberta', build: robertaNetwork };

function robertaNetwork(config: Config, weights: Weights): Network {
  const padding = config.token('pad_token_id', config.size('vocab_size')) ?? 1;
  return bertNetwork(config, weights, 'roberta', padding + 1);
}

/**
 * @param root where everything stands with a task head on top
 * @param offset row of the position table of the first token
 */
function bertNetwork(config: Config, weights: Weights, root: string, offset: number): Network {
  const prefix = weights.has(`${root}.embeddings.word_embeddings.weight`) ? `${root}.` : '';
  const width = config.size('hidden_size');
  const vocabulary = config.size('vocab_size');
  const most = config.size('max_position_embeddings');
  if (most <= offset) throw config.wrong('max_position_embeddings', `more than ${offset}`);
  const at = `${prefix}embeddings`;
  config.text('position_embedding_type', ['absolute'], 'absolute');
  const embedding = {
    table: weights.weight(`${at}.word_embeddings.weight`, vocabulary, width),
    scale: 1,
    positions: weights.matrix(`${at}.position_embeddings.weight`, most, width),
    offset,
    // RoBERTa leaves padding out when it counts positions.
    unplaced: offset > 0 ? offset - 1 : undefined,
    segment: weights
      .matrix(`${at}.token_type_embeddings.weight`, config.size('type_vocab_size', 2), width)
      .data.subarray(0, width),
  };
  return encoderOnly(
    {
      embed: (input, past) => embedTokens(embedding, tokenIds(input), past),
      embeddingNorm: weights.layerNorm(`${at}.LayerNorm`, width, config.number('layer_norm_eps', 1e-12)),
      layers: bertLayers(config, weights, `${prefix}encoder`, {
        attention: 'attention.self',
        selfNorm: 'attention.output.LayerNorm',
        feedForwardNorm: 'output.LayerNorm',
        bias: true,
      }),
    },
    { vocabulary, maxSource: most - offset },
  );
}
