import type { Family } from './family.ts';
import { gpt2Decoder } from './gpt2.ts';
import { vitEncoder } from './vit.ts';

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
};
