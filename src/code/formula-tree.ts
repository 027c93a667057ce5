/** A formula as it is built. */
export type FormulaNode =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'transposed'; readonly of: FormulaNode }
  | { readonly kind: 'root'; readonly of: FormulaNode }
  | { readonly kind: 'power'; readonly of: FormulaNode; readonly exponent: FormulaNode }
  | { readonly kind: 'product'; readonly factors: readonly FormulaNode[] }
  | { readonly kind: 'quotient'; readonly of: FormulaNode; readonly by: FormulaNode }
  | { readonly kind: 'sum'; readonly terms: readonly FormulaNode[] }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly FormulaNode[] };

/** Functions that multiply two matrices, and those that transpose one. */
export const PRODUCTS = new Set(['matmul', 'bmm', 'mm', 'dot']);

export const TRANSPOSES = new Set(['transpose', 'permute', 'swapaxes', 'swapdims', 'adjoint', 'transposed', 't']);

/** In TeX and on paper QKᵀ is two letters side by side; in code a name of its own, which is left alone. */
export function splitLetters(name: string): FormulaNode {
  if (name === 'QKT') return { kind: 'product', factors: [named('Q'), { kind: 'transposed', of: named('K') }] };
  const letters = /^([Qq](?:_\w)?)([Kk](?:_\w)?)$/.exec(name);
  return letters ? { kind: 'product', factors: [named(letters[1]), named(letters[2])] } : named(name);
}

const named = (name: string): FormulaNode => ({ kind: 'name', name });

export function raised(node: FormulaNode, exponent: FormulaNode | undefined): FormulaNode | undefined {
  if (!exponent) return undefined;
  const letter = exponent.kind === 'name' ? exponent.name : '';
  if (!/^(?:T|t|top|intercal|mathsf)$/.test(letter)) return { kind: 'power', of: node, exponent };
  return transposed(node);
}

/** QKᵀ transposes its last letter only. */
export function transposed(node: FormulaNode): FormulaNode {
  if (node.kind !== 'product') return { kind: 'transposed', of: node };
  const last = node.factors[node.factors.length - 1];
  return { kind: 'product', factors: [...node.factors.slice(0, -1), { kind: 'transposed', of: last }] };
}

/** matmul(a, b) is a product, transpose(k, …) a transpose, whatever else they are given. */
export function call(name: string, parts: readonly FormulaNode[]): FormulaNode {
  if (TRANSPOSES.has(name) && parts.length > 0) return { kind: 'transposed', of: parts[0] };
  const flipped = parts.some((part) => part.kind === 'name' && part.name === 'transpose_b');
  if (PRODUCTS.has(name) && parts.length >= 2) {
    return { kind: 'product', factors: [parts[0], flipped ? { kind: 'transposed', of: parts[1] } : parts[1]] };
  }
  return { kind: 'call', name, parts };
}
