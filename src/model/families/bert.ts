import { message } from '../../contract/error.ts';
import { ACTIVATION_NAMES } from '../../tensor/activation.ts';
import type { Config } from '../checkpoint/config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { embedTokens, tokenIds } from '../transformer/embeddings.ts';
import type { AttentionBlock, Network, Stack } from '../transformer/network.ts';
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
  if (most <= offset) throw config.wrong('max_position_embeddings', message('more than {least}', { least: offset }));
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

/**
 * An encoder alone over tokens, norms after each part.
 * @param maxSource tokens that it has positions for
 */
function encoderOnly(
  encoder: Pick<Stack, 'embed' | 'embeddingNorm' | 'layers'>,
  { vocabulary, maxSource }: Pick<Network, 'vocabulary' | 'maxSource'>,
): Network {
  return {
    encoder: { ...encoder, normBefore: false, finalNorm: undefined, causal: false, relativeBias: undefined },
    decoder: undefined,
    bridge: undefined,
    head: undefined,
    vocabulary,
    maxSource,
    maxTarget: undefined,
    input: 'tokens',
  };
}

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
