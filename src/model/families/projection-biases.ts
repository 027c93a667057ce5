import type { Biases } from '../../attention/complexity.ts';

const ALL: Biases = { query: true, key: true, value: true, output: true };
const NONE: Biases = { query: false, key: false, value: false, output: false };

/** `model_type` of families whose attention always adds biases, by the code of Hugging Face transformers. */
const WITH = new Set(
  (
    'albert bart bert big_bird blenderbot blenderbot-small bloom camembert clip_text_model clip_vision_model deit distilbert ' +
    'electra ernie gpt2 longformer m2m_100 marian mbart mobilebert mpnet mvp nllb_moe opt pegasus phi plbart ' +
    'roberta speech_to_text trocr vit wav2vec2 xglm xlm-roberta xlm-roberta-xl'
  ).split(' '),
);

/** … and never. */
const WITHOUT = new Set('gptj longt5 mistral mixtral mpt mt5 phi3 pop2piano switch_transformers t5 umt5'.split(' '));
/** … and those that differ from one projection to the other. */
const MIXED: Readonly<Record<string, Biases>> = {
  whisper: { ...ALL, key: false },
  qwen2: { ...ALL, output: false },
  qwen2_moe: { ...ALL, output: false },
  qwen2_vl: { ...ALL, output: false },
  gpt_neo: { ...NONE, output: true },
};

/** Fields of the config that decide in other families. */
const FIELDS = ['attention_bias', 'use_bias', 'qkv_bias'];

/**
 * Which projections of a family's attention add a bias.
 * @param config the parsed object    @returns undefined where the family is not known, and the config does not say
 */
export function familyBiases(
  modelType: string | undefined,
  config: Readonly<Record<string, unknown>>,
): Biases | undefined {
  const field = FIELDS.find((name) => typeof config[name] === 'boolean');
  if (field === 'qkv_bias') return config.qkv_bias ? ALL : { ...NONE, output: true };
  if (field) return config[field] ? ALL : NONE;
  if (modelType === undefined) return undefined;
  if (WITH.has(modelType)) return ALL;
  if (WITHOUT.has(modelType)) return NONE;
  return Object.hasOwn(MIXED, modelType) ? MIXED[modelType] : undefined;
}
