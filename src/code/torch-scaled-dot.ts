import { CallArguments } from './argument-values.ts';
import type { TorchFunction } from './finding.ts';
import type { LiteralNames } from './literal-names.ts';
import { numberBytes } from './number-bytes.ts';
import type { PythonCall } from './python-call.ts';
import type { PythonToken } from './python-source.ts';
import { tensorShape } from './tensor-shape.ts';

const PARAMETERS = ['query', 'key', 'value', 'attn_mask', 'dropout_p', 'is_causal', 'scale', 'enable_gqa'];

/**
 * What F.scaled_dot_product_attention will compute. The sizes are in the tensors, not in the call: they are known where
 * the file makes the tensors of literal sizes, `q = torch.randn(2, 8, 128, 64)`.
 * Source: docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html
 */
export function torchScaledDot(call: PythonCall, names: LiteralNames): TorchFunction {
  const given = new CallArguments(call, PARAMETERS, names);
  const tensors = ['query', 'key', 'value'].map((name) => expression(given.tokens(name), names));
  const [query, key, value] = tensors.map((tokens) => tokens && tensorShape(tokens, names.resolve));
  const dtype = tensors[0]?.map(({ text }) => text).join('');
  const causal = given.flag('is_causal', false);
  const grouped = given.flag('enable_gqa', false);
  return {
    kind: 'torch-function',
    span: call,
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
function expression(
  tokens: readonly PythonToken[] | undefined,
  names: LiteralNames,
): readonly PythonToken[] | undefined {
  return tokens?.length === 1 && tokens[0].kind === 'name' ? names.expressionOf(tokens[0].text) : tokens;
}

function scale(given: CallArguments): TorchFunction['scale'] {
  const value = given.value('scale');
  if (!given.has('scale') || value === null) return 'default';
  return typeof value === 'number' ? value : undefined;
}
