import { CallArguments, isSize } from './argument-values.ts';
import type { KerasLayer, LayerSizes } from './finding.ts';
import type { LiteralNames } from './python-scopes.ts';
import type { PythonCall } from './python-source.ts';

const PARAMETERS = ['num_heads', 'key_dim', 'value_dim', 'dropout', 'use_bias', 'output_shape', 'attention_axes'];

/**
 * What keras.layers.MultiHeadAttention will be: the width of a head is given, not that of the model, which is taken from
 * the inputs at the first call; value_dim is key_dim, and the output as wide as the queries, where they are left out.
 * Source: keras.io/api/layers/attention_layers/multi_head_attention
 */
export function kerasMultihead(call: PythonCall, names: LiteralNames): KerasLayer {
  const given = new CallArguments(call, PARAMETERS, names);
  const heads = given.size('num_heads');
  const keyDim = given.size('key_dim');
  const ownValueDim = given.size('value_dim');
  const bias = given.flag('use_bias', true);
  return {
    kind: 'keras-layer',
    span: { start: call.start, end: call.end },
    callee: call.callee,
    more: call.more,
    heads,
    keyDim,
    valueDim: given.unread.includes('value_dim') ? undefined : (ownValueDim ?? keyDim),
    outputWidth: outputWidth(given),
    biases: { query: bias, key: bias, value: bias, output: bias },
    unread: given.unread,
    resolved: names.used,
  };
}

/** `output_shape` may be a number or several; the layer ends in their product. */
function outputWidth(given: CallArguments): number | undefined {
  const shape = given.value('output_shape');
  if (shape === null) return undefined;
  const sizes = Array.isArray(shape) ? shape : [shape];
  if (sizes.length > 0 && sizes.every(isSize)) return sizes.reduce((product, size) => product * size, 1);
  if (given.has('output_shape')) given.note('output_shape');
  return undefined;
}

/**
 * Sizes of a Keras layer once its inputs are known.
 * @param width of the queries' input; the keys' and values' is the same unless given
 */
export function kerasSizes(
  layer: KerasLayer,
  width: number,
  keyWidth = width,
  valueWidth = width,
): LayerSizes | undefined {
  const { heads, keyDim, valueDim, outputWidth = width } = layer;
  if (heads === undefined || keyDim === undefined || valueDim === undefined) return undefined;
  if (layer.unread.includes('output_shape')) return undefined;
  return { width, heads, headWidth: keyDim, keyWidth, valueWidth, outputWidth, valueHeadWidth: valueDim };
}
