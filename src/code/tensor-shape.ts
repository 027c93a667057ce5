import { isSize } from './argument-values.ts';
import { matching, splitAtCommas } from './python-call.ts';
import type { PythonToken } from './python-source.ts';
import { pythonValue, type ResolveName } from './python-values.ts';

const MAKERS = new Set(['randn', 'rand', 'zeros', 'ones', 'empty']);

/** Methods that leave the sizes as they are. */
const KEEPS = new Set(['to', 'cuda', 'cpu', 'half', 'float', 'bfloat16', 'double', 'contiguous', 'requires_grad_']);

/** Sizes of `torch.randn(2, 8, 128, 64)` and its like, where they are literal. */
export function tensorShape(tokens: readonly PythonToken[], resolve: ResolveName): readonly number[] | undefined {
  const open = tokens.findIndex(({ text }) => text === '(');
  if (open !== 3 || tokens[0].text !== 'torch' || tokens[1].text !== '.' || !MAKERS.has(tokens[2].text))
    return undefined;
  const close = matching(tokens, open);
  if (close === undefined || !keepsSizes(tokens.slice(close + 1))) return undefined;
  const parts = splitAtCommas(tokens.slice(open + 1, close));
  const places = parts.filter((part) => part[1]?.text !== '=');
  const size = parts.find((part) => part[0].text === 'size' && part[1]?.text === '=');
  const values = (size ? [size.slice(2)] : places).map((part) => pythonValue(part, resolve));
  const sizes = values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
  return sizes.length >= 2 && sizes.length <= 8 && sizes.every(isSize) ? sizes : undefined;
}

/** `.to("cuda").half()` behind the tensor. */
function keepsSizes(tokens: readonly PythonToken[]): boolean {
  let rest = tokens;
  while (rest.length > 0) {
    const close = matching(rest, 2);
    if (rest[0].text !== '.' || !KEEPS.has(rest[1]?.text) || rest[2]?.text !== '(' || close === undefined) return false;
    rest = rest.slice(close + 1);
  }
  return true;
}
