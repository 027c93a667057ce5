import type { ModelPartName } from '../contract/model-info.ts';

/** The first that fits counts; names as the families have them. */
const PARTS: readonly (readonly [RegExp, ModelPartName])[] = [
  [/lm_head|final_logits_bias|^proj_out|^cls\.|pooler/, 'output'],
  [/encoder_attn|EncDecAttention|crossattention|ln_cross_attn/, 'cross'],
  [/embed|shared|\bw[tp]e\b|relative_attention_bias|cls_token|encoder\.conv\d/, 'embedding'],
  [
    /\bfc[12]\b|\.mlp\.|DenseReluDense|intermediate|\boutput\.dense|\bffn\b|final_layer_norm|layer\.2\.layer_norm/,
    'feedForward',
  ],
  [/(^|\.)decoder\.|transformer\.h\.|^h\./, 'decoder'],
  [/(^|\.)encoder\.|transformer\.layer\.|attention/, 'encoder'],
];

/** Which part of a model a tensor belongs to, by its name in the checkpoint. */
export function partOf(name: string): ModelPartName {
  // BERT's attention output is no feed-forward layer, though its name ends as one's.
  const attention = /attention\.output/.test(name);
  return PARTS.find(([pattern, part]) => pattern.test(name) && !(attention && part === 'feedForward'))?.[1] ?? 'other';
}
