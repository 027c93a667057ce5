import type { ConfigField, ConfigStack } from './finding.ts';

/** What a field of config.json is, and of which stack where its name says so. */
export interface FieldMeaning {
  readonly field: ConfigField;
  readonly part?: ConfigStack['part'];
}

/** The names that Hugging Face's families give to what attention is made of. */
export const HF_FIELDS: Readonly<Record<string, FieldMeaning>> = {
  hidden_size: { field: 'width' },
  d_model: { field: 'width' },
  n_embd: { field: 'width' },
  n_embed: { field: 'width' },
  dim: { field: 'width' },
  num_attention_heads: { field: 'heads' },
  n_head: { field: 'heads' },
  n_heads: { field: 'heads' },
  num_heads: { field: 'heads' },
  encoder_attention_heads: { field: 'heads', part: 'encoder' },
  decoder_attention_heads: { field: 'heads', part: 'decoder' },
  num_key_value_heads: { field: 'keyHeads' },
  num_kv_heads: { field: 'keyHeads' },
  head_dim: { field: 'headWidth' },
  d_kv: { field: 'headWidth' },
  num_hidden_layers: { field: 'layers' },
  n_layer: { field: 'layers' },
  n_layers: { field: 'layers' },
  num_layers: { field: 'layers' },
  encoder_layers: { field: 'layers', part: 'encoder' },
  decoder_layers: { field: 'layers', part: 'decoder' },
  num_decoder_layers: { field: 'layers', part: 'decoder' },
  max_position_embeddings: { field: 'positions' },
  n_positions: { field: 'positions' },
  n_ctx: { field: 'positions' },
  max_source_positions: { field: 'positions', part: 'encoder' },
  max_target_positions: { field: 'positions', part: 'decoder' },
};
