import { familyBiases } from '../model/families/projection-biases.ts';
import { isSize } from './argument-values.ts';
import type { ConfigField, ConfigFinding, ConfigStack } from './finding.ts';

type Config = Readonly<Record<string, unknown>>;

/** What a config says about attention, as a whole. */
export type ConfigReading = Pick<ConfigFinding, 'stacks' | 'positions' | 'problem' | 'modelType' | 'writes'>;

/**
 * The stacks of attention that a config describes: encoder, decoder and cross-attention of an encoder–decoder, else one.
 * Nothing where width or heads are left out: a default is the family's own, and not in the file.
 */
export function hfStacks(config: Config): ConfigReading {
  const modelType = typeof config.model_type === 'string' ? config.model_type : undefined;
  const width = field(config, 'width');
  const biases = familyBiases(modelType, config);
  const stack = (part: ConfigStack['part'], layers: number | undefined, heads: number | undefined) => {
    const headWidth = field(config, 'headWidth') ?? (width !== undefined && heads ? width / heads : undefined);
    if (width === undefined || heads === undefined || headWidth === undefined) return [];
    const keyHeads = field(config, 'keyHeads') ?? (config.multi_query === true ? 1 : heads);
    return [{ part, layers, biases, sizes: { width, heads, headWidth, keyHeads } }];
  };
  const all = field(config, 'heads');
  const layers = field(config, 'layers');
  const both = isBoth(config)
    ? [
        ...stack('encoder', field(config, 'layers', 'encoder') ?? layers, field(config, 'heads', 'encoder') ?? all),
        ...stack('decoder', field(config, 'layers', 'decoder') ?? layers, field(config, 'heads', 'decoder') ?? all),
        ...stack('cross', field(config, 'layers', 'decoder') ?? layers, field(config, 'heads', 'decoder') ?? all),
      ]
    : stack('self', layers, all);
  const broken = both.find(({ sizes }) => !Number.isInteger(sizes.headWidth));
  const uneven = both.find(({ sizes }) => sizes.heads % sizes.keyHeads !== 0);
  return {
    modelType,
    stacks: broken || uneven ? [] : both,
    positions: field(config, 'positions') ?? field(config, 'positions', 'encoder'),
    writes: isWriter(config),
    problem: broken ? 'heads' : uneven ? 'keyHeads' : undefined,
  };
}

/** A decoder; said by the config's shape, by its class, or by grouped queries, which only save memory there. */
function isWriter(config: Config): boolean {
  const classes = JSON.stringify(config.architectures ?? '');
  return isBoth(config) || /CausalLM|LMHead/.test(classes) || field(config, 'keyHeads') !== undefined;
}

/** Encoder and decoder in one object; T5 says so by is_encoder_decoder or its own name. */
function isBoth(config: Config): boolean {
  const has = (part: ConfigStack['part']) => field(config, 'layers', part) !== undefined;
  const t5 = /^(?:m|um|long)?t5$/.test(String(config.model_type)) && config.is_encoder_decoder !== false;
  return (has('encoder') && has('decoder')) || t5 || (config.is_encoder_decoder === true && has('decoder'));
}

/** The value of the first name that means this. */
function field(config: Config, wanted: ConfigField, part?: ConfigStack['part']): number | undefined {
  for (const [name, meaning] of Object.entries(HF_FIELDS)) {
    if (meaning.field !== wanted || meaning.part !== part || !Object.hasOwn(config, name)) continue;
    const value = config[name];
    if (isSize(value)) return value;
  }
  return undefined;
}

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
