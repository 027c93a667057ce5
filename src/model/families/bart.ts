import type { AttentionWeights } from '../../attention/attention.ts';
import { message } from '../../contract/error.ts';
import { ACTIVATION_NAMES } from '../../tensor/activation.ts';
import { type Matrix, matrix } from '../../tensor/matrix.ts';
import type { Config } from '../checkpoint/config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import { embedTokens, type TokenEmbedding, tokenIds } from '../transformer/embeddings.ts';
import type { AttentionBlock, Network, Stack } from '../transformer/network.ts';
import type { Family } from './family.ts';

/** Where the families that descend from BART differ. */
export interface BartLike {
  readonly normBefore: boolean;
  /** `layer_norm` after the last layer. */
  readonly finalNorm: boolean;
  /** `layernorm_embedding` before the first. */
  readonly embeddingNorm: boolean;
  /** Rows of the position tables before position 0. */
  readonly positionOffset: number;
  /** Positions of a side: stored, or computed. [positions + offset, D] */
  positions(weights: Weights, side: Side, count: number, width: number): Matrix;
  /** Whisper's keys have no bias. */
  readonly keyBias?: boolean;
  /** Token that stands at no position (M2M-100). */
  readonly unplaced?: number;
  /** Takes the place of the encoder's token embedding (Whisper). */
  readonly embedSource?: Stack['embed'];
  readonly sourceKey?: string;
  readonly targetKey?: string;
}

/** More than any checkpoint of these families has. */
const MAX_POSITIONS = 65_536;

export type Side = 'encoder' | 'decoder';

/** Names under which checkpoints found in the wild store the token embedding, tied or not. */
export function embeddingNames(side: Side): string[] {
  const other = side === 'encoder' ? 'decoder' : 'encoder';
  const names = [`${side}.embed_tokens.weight`, 'shared.weight', `${other}.embed_tokens.weight`];
  return [...names.map((name) => `model.${name}`), ...names, 'lm_head.weight'];
}

/** Encoder and decoder under BART's weight names, from BART's config keys. */
export function bartLike(config: Config, weights: Weights, family: BartLike): Network {
  const width = config.size('d_model');
  const vocabulary = config.size('vocab_size');
  const decoderVocabulary = config.size('decoder_vocab_size', vocabulary);
  const scale = config.flag('scale_embedding', false) ? Math.sqrt(width) : 1;
  const sourceKey = family.sourceKey ?? 'max_position_embeddings';
  const targetKey = family.targetKey ?? 'max_position_embeddings';
  const [maxSource, maxTarget] = [config.size(sourceKey), config.size(targetKey)];
  // Where positions are computed, no stored tensor would show that the config lies.
  if (Math.max(maxSource, maxTarget) > MAX_POSITIONS) {
    throw config.wrong(
      maxSource > MAX_POSITIONS ? sourceKey : targetKey,
      message('at most {most}', { most: MAX_POSITIONS }),
    );
  }

  const tokens = (side: Side, size: number, count: number): TokenEmbedding => ({
    table: weights.weight(embeddingNames(side), size, width),
    scale,
    positions: family.positions(weights, side, count, width),
    offset: family.positionOffset,
    unplaced: family.unplaced,
  });
  const stack = (side: Side, embed: Stack['embed']): Stack => ({
    embed,
    embeddingNorm: family.embeddingNorm ? weights.layerNorm(`model.${side}.layernorm_embedding`, width) : undefined,
    layers: bartLayers(config, weights, side, width, family.keyBias ?? true),
    normBefore: family.normBefore,
    finalNorm: family.finalNorm ? weights.layerNorm(`model.${side}.layer_norm`, width) : undefined,
    causal: side === 'decoder',
    relativeBias: undefined,
  });

  const source = family.embedSource === undefined ? tokens('encoder', vocabulary, maxSource) : undefined;
  const target = tokens('decoder', decoderVocabulary, maxTarget);
  const tied = config.flag('tie_word_embeddings', true);
  return {
    encoder: stack('encoder', family.embedSource ?? ((input, past) => embedTokens(source!, tokenIds(input), past))),
    decoder: stack('decoder', (input, past) => embedTokens(target, tokenIds(input), past)),
    bridge: undefined,
    head: {
      weight:
        tied && !weights.has('lm_head.weight')
          ? target.table
          : weights.weight('lm_head.weight', decoderVocabulary, width),
      bias: weights.has('final_logits_bias') ? weights.take('final_logits_bias', [1, decoderVocabulary]) : undefined,
      scale: 1,
    },
    vocabulary: decoderVocabulary,
    maxSource,
    maxTarget,
    input: family.embedSource === undefined ? 'tokens' : 'features',
  };
}

function bartLayers(config: Config, weights: Weights, side: Side, width: number, keyBias: boolean): Stack['layers'] {
  const heads = config.heads(`${side}_attention_heads`, width);
  const inner = config.size(`${side}_ffn_dim`);
  const activation = config.text('activation_function', ACTIVATION_NAMES, 'gelu');
  const attention = (name: string, norm: string): AttentionBlock => ({
    weights: bartAttention(weights, name, width, keyBias),
    norm: weights.layerNorm(norm, width),
    heads,
    divisor: Math.sqrt(width / heads),
  });
  return Array.from({ length: config.size(`${side}_layers`) }, (_, index) => {
    const at = `model.${side}.layers.${index}`;
    return {
      self: attention(`${at}.self_attn`, `${at}.self_attn_layer_norm`),
      cross: side === 'decoder' ? attention(`${at}.encoder_attn`, `${at}.encoder_attn_layer_norm`) : undefined,
      feedForward: {
        activation,
        inner: weights.linear(`${at}.fc1`, inner, width),
        gate: undefined,
        outer: weights.linear(`${at}.fc2`, width, inner),
      },
      feedForwardNorm: weights.layerNorm(`${at}.final_layer_norm`, width),
    };
  });
}

function bartAttention(weights: Weights, at: string, width: number, keyBias: boolean): AttentionWeights {
  return {
    query: weights.linear(`${at}.q_proj`, width, width),
    key: weights.linear(`${at}.k_proj`, width, width, keyBias ? 'bias' : 'no bias'),
    value: weights.linear(`${at}.v_proj`, width, width),
    outputWeight: weights.transposed(`${at}.out_proj.weight`, width, width),
    outputBias: weights.bias(`${at}.out_proj`, width, 'bias'),
  };
}

/** Learned positions, `embed_positions.weight`. */
export function learnedPositions(offset: number): BartLike['positions'] {
  return (weights, side, count, width) => weights.matrix(`model.${side}.embed_positions.weight`, count + offset, width);
}

/** Sinusoidal positions: as stored, or else computed. */
export function storedOr(compute: (count: number, width: number) => Matrix, offset = 0): BartLike['positions'] {
  return (weights, side, count, width) => {
    const names = ['weight', 'weights'].map((end) => `model.${side}.embed_positions.${end}`);
    if (!names.some((name) => weights.has(name))) return compute(count + offset, width);
    return matrix(count + offset, width, weights.take(names, [count + offset, width]));
  };
}

/** BART: norms after, learned positions from row 2, embedding norm. Source: Lewis et al. 2020. */
export const bart: Family = {
  type: 'bart',
  build: (config, weights) =>
    bartLike(config, weights, {
      normBefore: false,
      finalNorm: false,
      embeddingNorm: true,
      positionOffset: 2,
      positions: learnedPositions(2),
    }),
};
