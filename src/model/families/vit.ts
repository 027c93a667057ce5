import { ExplorerError, message } from '../../contract/error.ts';
import { linear } from '../../tensor/linear.ts';
import { type Matrix, matrix } from '../../tensor/matrix.ts';
import type { Config } from '../checkpoint/config.ts';
import type { Weights } from '../checkpoint/weights.ts';
import type { Stack } from '../transformer/network.ts';
import { bertLayers } from './bert.ts';
import type { Family } from './family.ts';
import { gpt2Decoder } from './gpt2.ts';

/** ViT: an encoder of square patches, norms before, a class token first. Source: Dosovitskiy et al. 2021. */
function vitEncoder(config: Config, weights: Weights, prefix: string): Stack {
  const width = config.size('hidden_size');
  return {
    embed: embedPatches(config, weights, `${prefix}embeddings`, width),
    embeddingNorm: undefined,
    layers: bertLayers(config, weights, `${prefix}encoder`, {
      attention: 'attention.attention',
      selfNorm: 'layernorm_before',
      feedForwardNorm: 'layernorm_after',
      bias: config.flag('qkv_bias', true),
    }),
    normBefore: true,
    finalNorm: weights.layerNorm(`${prefix}layernorm`, width, config.number('layer_norm_eps', 1e-12)),
    causal: false,
    relativeBias: undefined,
  };
}

function embedPatches(config: Config, weights: Weights, at: string, width: number): Stack['embed'] {
  const [channels, side, patch] = [
    config.size('num_channels', 3),
    config.size('image_size'),
    config.size('patch_size'),
  ];
  const across = Math.floor(side / patch);
  const area = channels * patch * patch;
  const kernel = {
    weight: matrix(
      width,
      area,
      weights.take(`${at}.patch_embeddings.projection.weight`, [width, channels, patch, patch]),
    ),
    bias: weights.take(`${at}.patch_embeddings.projection.bias`, [width]),
  };
  const first = weights.take(`${at}.cls_token`, [1, 1, width]);
  const positions = weights.take(`${at}.position_embeddings`, [1, across * across + 1, width]);
  return (input): Matrix => {
    const expected = `[${channels}, ${side}, ${side}]`;
    const found = 'shape' in input ? `[${input.shape.join(', ')}]` : message('token ids');
    if (!('shape' in input) || found !== expected) {
      throw new ExplorerError(
        'model-shape',
        'pixel_values should have shape {expected}, found {found}. Resize the picture to that size.',
        { tensor: 'pixel_values', expected, found },
      );
    }
    const patches = matrix(across * across, area);
    for (let p = 0; p < patches.rows; p++) {
      const [top, left] = [Math.floor(p / across) * patch, (p % across) * patch];
      let to = p * area;
      for (let c = 0; c < channels; c++) {
        for (let y = 0; y < patch; y++) {
          const from = (c * side + top + y) * side + left;
          patches.data.set(input.data.subarray(from, from + patch), to);
          to += patch;
        }
      }
    }
    const out = matrix(patches.rows + 1, width);
    out.data.set(first);
    out.data.set(linear(patches, kernel).data, width);
    for (let i = 0; i < out.data.length; i++) out.data[i] += positions[i];
    return out;
  };
}

/** A picture told in words: ViT's encoder, GPT-2's decoder with cross-attention. Source: transformers. */
export const visionEncoderDecoder: Family = {
  type: 'vision-encoder-decoder',
  build(config, weights) {
    const [vit, gpt] = [config.section('encoder'), config.section('decoder')];
    vit.text('model_type', ['vit']);
    gpt.text('model_type', ['gpt2']);
    const encoderWidth = vit.size('hidden_size');
    const bridged = weights.has('enc_to_dec_proj.weight');
    const width = gpt.size(['n_embd', 'hidden_size']);
    const memory = bridged ? width : encoderWidth;
    const built = gpt2Decoder(gpt, weights, 'decoder.transformer.', 'decoder.lm_head.weight', memory);
    return {
      encoder: vitEncoder(vit, weights, 'encoder.'),
      decoder: built.decoder,
      bridge: bridged ? weights.linear('enc_to_dec_proj', width, encoderWidth) : undefined,
      head: built.head,
      vocabulary: built.vocabulary,
      maxSource: undefined,
      maxTarget: built.positions,
      input: 'features',
    };
  },
  input(config, preprocessor) {
    const vit = config.section('encoder');
    const normalized = preprocessor.flag('do_normalize', true);
    return {
      kind: 'picture',
      size: vit.size('image_size'),
      patch: vit.size('patch_size'),
      factor: preprocessor.flag('do_rescale', true) ? preprocessor.number('rescale_factor', 1 / 255) : 1,
      mean: normalized ? three(preprocessor, 'image_mean') : [0, 0, 0],
      std: normalized ? three(preprocessor, 'image_std') : [1, 1, 1],
    };
  },
};

/** Mean and deviation that pixels are normalised with, where preprocessor_config.json says nothing else. */
const HALF = [0.5, 0.5, 0.5];

function three(config: Config, key: string): number[] {
  const value = config.raw(key) ?? HALF;
  const numbers = Array.isArray(value) && value.length === 3 && value.every((x) => Number.isFinite(x));
  if (!numbers || (key === 'image_std' && value.includes(0))) throw config.wrong(key, message('three numbers'));
  return value;
}
