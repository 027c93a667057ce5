import type { Biases, LayerShape } from '../attention/complexity.ts';
import type { ResolvedName } from './python-scopes.ts';

/** UTF-16 offsets [start, end). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Sizes of a layer without the lengths of the texts that will go through it. */
export type LayerSizes = Omit<LayerShape, 'targets' | 'sources'>;

/** What a call says of itself. */
interface CallFinding {
  readonly span: Span;
  /** As it is written, `nn.MultiheadAttention`. */
  readonly callee: string;
  /** Arguments that are given but say no literal value, by name. */
  readonly unread: readonly string[];
  /** True where arguments come by `*` or `**` too. */
  readonly more: boolean;
  /** Names that stand for literals elsewhere in the file. */
  readonly resolved: readonly ResolvedName[];
}

/** torch.nn.MultiheadAttention(embed_dim, num_heads, …). */
export interface TorchLayer extends CallFinding {
  readonly kind: 'torch-layer';
  readonly width: number | undefined;
  readonly heads: number | undefined;
  /** False where the heads do not divide the width: PyTorch refuses the call. */
  readonly divides: boolean;
  /** Known as soon as the width is; with heads unknown it counts one. */
  readonly sizes: LayerSizes | undefined;
  readonly biases: Biases;
  /** add_bias_kv: one learned key and value more, of 2·E numbers. */
  readonly learnedKey: boolean;
  /** add_zero_attn: one key and value of zeros more. */
  readonly zeroKey: boolean;
  /** Undefined where it is not literal. */
  readonly batchFirst: boolean | undefined;
  /** Bytes of one number, from dtype; 4 without. */
  readonly numberBytes: number;
}

/** keras.layers.MultiHeadAttention(num_heads, key_dim, …); the width of its inputs is known only when it is called. */
export interface KerasLayer extends CallFinding {
  readonly kind: 'keras-layer';
  readonly heads: number | undefined;
  readonly keyDim: number | undefined;
  /** value_dim, or key_dim. */
  readonly valueDim: number | undefined;
  /** Last dimension of output_shape, where it is given: else the width of the queries. */
  readonly outputWidth: number | undefined;
  readonly biases: Biases;
}

/** torch.nn.functional.scaled_dot_product_attention(query, key, value, …): three phases in one, nothing learned. */
export interface TorchFunction extends CallFinding {
  readonly kind: 'torch-function';
  /** [batch…, heads, T, dₖ] and so on, where the file makes the tensors of literal sizes. */
  readonly query: readonly number[] | undefined;
  readonly key: readonly number[] | undefined;
  readonly value: readonly number[] | undefined;
  readonly causal: boolean;
  readonly masked: boolean;
  readonly grouped: boolean;
  /** Factor of the scores where it is literal, 'default' 1/√dₖ, undefined where it can't be told. */
  readonly scale: number | 'default' | undefined;
  readonly numberBytes: number;
}

/** softmax(Q·Kᵀ/√dₖ)·V in whatever spelling. */
export interface Formula {
  readonly kind: 'formula';
  readonly span: Span;
  /** Scores are divided by √dₖ, or times a scale. */
  readonly scaled: boolean;
  /** Number under the root, where it is literal. */
  readonly headWidth: number | undefined;
  /** Something is added to the scores: a mask or a bias. */
  readonly masked: boolean;
  /** The weights are multiplied with V; else the formula ends with the weights. */
  readonly applied: boolean;
}

/** One or more layers of attention that a Hugging Face config.json describes. */
export interface ConfigStack {
  /** `self`: a model of one stack. */
  readonly part: 'self' | 'encoder' | 'decoder' | 'cross';
  readonly layers: number | undefined;
  readonly sizes: LayerSizes;
  /** Undefined where the model's family is not known: biases are not counted. */
  readonly biases: Biases | undefined;
}

export type ConfigField = 'width' | 'heads' | 'keyHeads' | 'headWidth' | 'layers' | 'positions';

/** A field of a Hugging Face config.json that attention is made of. */
export interface ConfigFinding {
  readonly kind: 'config';
  readonly span: Span;
  readonly field: ConfigField;
  readonly name: string;
  readonly value: number;
  readonly modelType: string | undefined;
  /** Which stack the field itself is of, where it says so. */
  readonly part: ConfigStack['part'] | undefined;
  readonly stacks: readonly ConfigStack[];
  readonly positions: number | undefined;
  /** It writes text token by token, so that keys and values are kept meanwhile. */
  readonly writes: boolean;
  /** Bytes of one number and its type, as the config says; float32 without. */
  readonly dtype: string;
  readonly numberBytes: number;
  readonly problem: 'heads' | 'keyHeads' | undefined;
}

export type Finding = TorchLayer | KerasLayer | TorchFunction | Formula | ConfigFinding;
