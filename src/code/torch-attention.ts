import type { SyntaxNode } from '@lezer/common';
import { type LayerParameters, layerParameters } from '../attention/complexity.ts';
import { CallArguments, isSize, numberBytes } from './argument-values.ts';
import type { LayerSizes, TorchFunction, TorchLayer } from './finding.ts';
import type { LiteralNames } from './python-scopes.ts';
import { childrenOf, type PythonCall, type PythonExpression, separated, tokensOf } from './python-source.ts';
import { pythonValue, type ResolveName } from './python-values.ts';

const MULTIHEAD_PARAMETERS = [
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
  const given = new CallArguments(call, MULTIHEAD_PARAMETERS, names);
  const width = given.size('embed_dim');
  const heads = given.size('num_heads');
  const bias = given.flag('bias', true);
  const divides = width === undefined || heads === undefined || width % heads === 0;
  const dtype = given.expression('dtype');
  return {
    kind: 'torch-layer',
    span: { start: call.start, end: call.end },
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
    numberBytes: numberBytes(dtype && tokensOf(dtype).join('')),
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

/** What nn.MultiheadAttention learns; with add_bias_kv one key and one value of E numbers more, counted as biases. */
export function torchParameters({ sizes, biases, learnedKey }: TorchLayer): LayerParameters | undefined {
  if (!sizes) return undefined;
  const plain = layerParameters(sizes, biases);
  const more = learnedKey ? 2 * sizes.width : 0;
  return { ...plain, biases: plain.biases + more, total: plain.total + more };
}

const SCALED_DOT_PARAMETERS = ['query', 'key', 'value', 'attn_mask', 'dropout_p', 'is_causal', 'scale', 'enable_gqa'];

/**
 * What F.scaled_dot_product_attention will compute. The sizes are in the tensors, not in the call: they are known where
 * the file makes the tensors of literal sizes, `q = torch.randn(2, 8, 128, 64)`.
 * Source: docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html
 */
export function torchScaledDot(call: PythonCall, names: LiteralNames): TorchFunction {
  const given = new CallArguments(call, SCALED_DOT_PARAMETERS, names);
  const tensors = ['query', 'key', 'value'].map((name) => tensor(given.expression(name), names));
  const [query, key, value] = tensors.map((made) => made && tensorShape(made, names.resolve));
  const dtype = tensors[0] && tokensOf(tensors[0]).join('');
  const causal = given.flag('is_causal', false);
  const grouped = given.flag('enable_gqa', false);
  return {
    kind: 'torch-function',
    span: { start: call.start, end: call.end },
    callee: call.callee,
    more: call.more,
    query,
    key,
    value,
    causal,
    masked: given.has('attn_mask') && given.value('attn_mask') !== null,
    grouped,
    scale: scale(given),
    numberBytes: query ? numberBytes(dtype) : 4,
    unread: given.unread,
    resolved: names.used,
  };
}

/** The tensor itself, or what the name is assigned in the one place where it is. */
function tensor(given: PythonExpression | undefined, names: LiteralNames): PythonExpression | undefined {
  return given?.node.name === 'VariableName' ? names.expressionOf(tokensOf(given)[0]) : given;
}

function scale(given: CallArguments): TorchFunction['scale'] {
  const value = given.value('scale');
  if (!given.has('scale') || value === null) return 'default';
  return typeof value === 'number' ? value : undefined;
}

const MAKERS = new Set(['randn', 'rand', 'zeros', 'ones', 'empty']);
/** Methods that leave the sizes as they are. */
const KEEPS = new Set(['to', 'cuda', 'cpu', 'half', 'float', 'bfloat16', 'double', 'contiguous', 'requires_grad_']);

/** Sizes of `torch.randn(2, 8, 128, 64)` and its like, where they are literal; `.to("cuda").half()` may stand behind. */
function tensorShape({ node, source }: PythonExpression, resolve: ResolveName): readonly number[] | undefined {
  let call = node;
  for (;;) {
    const [callee, list] = call.name === 'CallExpression' ? childrenOf(call) : [];
    const [object, , name] = callee?.name === 'MemberExpression' ? childrenOf(callee) : [];
    if (name?.name !== 'PropertyName') return undefined;
    const method = source.slice(name.from, name.to);
    if (source.slice(object.from, object.to) === 'torch')
      return MAKERS.has(method) ? sizesOf(list, source, resolve) : undefined;
    if (!KEEPS.has(method)) return undefined;
    call = object;
  }
}

/** The sizes among the arguments of a call that makes a tensor. */
function sizesOf(list: SyntaxNode, source: string, resolve: ResolveName): readonly number[] | undefined {
  const parts = separated(list);
  const places = parts.filter((part) => part[1]?.name !== 'AssignOp');
  const size = parts.find(([name, sign]) => sign?.name === 'AssignOp' && source.slice(name.from, name.to) === 'size');
  const values = (size ? [size.slice(2)] : places).map(([node, ...more]) =>
    node && more.length === 0 ? pythonValue({ node, source }, resolve) : undefined,
  );
  const sizes = values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
  return sizes.length >= 2 && sizes.length <= 8 && sizes.every(isSize) ? sizes : undefined;
}
