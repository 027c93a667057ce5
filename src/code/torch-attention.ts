import { CallArguments } from './argument-values.ts';
import type { LayerSizes, TorchLayer } from './finding.ts';
import type { LiteralNames } from './literal-names.ts';
import { numberBytes } from './number-bytes.ts';
import type { PythonCall } from './python-call.ts';

const PARAMETERS = [
  'embed_dim',
  'num_heads',
  'dropout',
  'bias',
  'add_bias_kv',
  'add_zero_attn',
  'kdim',
  'vdim',
  'batch_first',
  'device',
  'dtype',
];

/**
 * What torch.nn.MultiheadAttention will be: heads of E / H numbers; keys and values from inputs of kdim and vdim numbers,
 * E where they are left out; one bias for all projections.
 * Source: docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html
 */
export function torchMultihead(call: PythonCall, names: LiteralNames): TorchLayer {
  const given = new CallArguments(call, PARAMETERS, names);
  const width = given.size('embed_dim');
  const heads = given.size('num_heads');
  const bias = given.flag('bias', true);
  const divides = width === undefined || heads === undefined || width % heads === 0;
  const dtype = given.tokens('dtype')?.map(({ text }) => text);
  return {
    kind: 'torch-layer',
    span: call,
    callee: call.callee,
    more: call.more,
    width,
    heads,
    divides,
    sizes: width !== undefined && divides ? sizes(given, width, heads ?? 1) : undefined,
    biases: { query: bias, key: bias, value: bias, output: bias },
    learnedKey: given.flag('add_bias_kv', false),
    zeroKey: given.flag('add_zero_attn', false),
    batchFirst: readBatchFirst(given),
    numberBytes: numberBytes(dtype?.join('')),
    unread: given.unread,
    resolved: names.used,
  };
}

function sizes(given: CallArguments, width: number, heads: number): LayerSizes | undefined {
  const keyWidth = given.size('kdim') ?? width;
  const valueWidth = given.size('vdim') ?? width;
  if (given.unread.includes('kdim') || given.unread.includes('vdim')) return undefined;
  return { width, heads, headWidth: width / heads, keyWidth, valueWidth };
}

function readBatchFirst(given: CallArguments): boolean | undefined {
  const value = given.flag('batch_first', false);
  return given.unread.includes('batch_first') ? undefined : value;
}
