import type { FormulaToken } from './formula-tokens.ts';

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
const PRODUCTS = new Set(['matmul', 'bmm', 'mm', 'dot']);

const TRANSPOSES = new Set(['transpose', 'permute', 'swapaxes', 'swapdims', 'adjoint', 'transposed', 't']);

/** In TeX and on paper QKᵀ is two letters side by side; in code a name of its own, which is left alone. */
function splitLetters(name: string): FormulaNode {
  if (name === 'QKT') return { kind: 'product', factors: [named('Q'), { kind: 'transposed', of: named('K') }] };
  const letters = /^([Qq](?:_\w)?)([Kk](?:_\w)?)$/.exec(name);
  return letters ? { kind: 'product', factors: [named(letters[1]), named(letters[2])] } : named(name);
}

const named = (name: string): FormulaNode => ({ kind: 'name', name });

function raised(node: FormulaNode, exponent: FormulaNode | undefined): FormulaNode | undefined {
  if (!exponent) return undefined;
  const letter = exponent.kind === 'name' ? exponent.name : '';
  if (!/^(?:T|t|top|intercal|mathsf)$/.test(letter)) return { kind: 'power', of: node, exponent };
  return transposed(node);
}

/** QKᵀ transposes its last letter only. */
function transposed(node: FormulaNode): FormulaNode {
  if (node.kind !== 'product') return { kind: 'transposed', of: node };
  const last = node.factors[node.factors.length - 1];
  return { kind: 'product', factors: [...node.factors.slice(0, -1), { kind: 'transposed', of: last }] };
}

/** matmul(a, b) is a product, transpose(k, …) a transpose, whatever else they are given. */
function call(name: string, parts: readonly FormulaNode[]): FormulaNode {
  if (TRANSPOSES.has(name) && parts.length > 0) return { kind: 'transposed', of: parts[0] };
  const flipped = parts.some((part) => part.kind === 'name' && part.name === 'transpose_b');
  if (PRODUCTS.has(name) && parts.length >= 2) {
    return { kind: 'product', factors: [parts[0], flipped ? { kind: 'transposed', of: parts[1] } : parts[1]] };
  }
  return { kind: 'call', name, parts };
}

/** Brackets within brackets that are followed. */
const MAX_DEPTH = 40;
const SOFTMAX = /^soft_?max$/i;

/** Reads pieces of a formula into a tree: sums of products of factors with what hangs on them. */
export class FormulaReader {
  private depth = 0;

  constructor(
    private readonly tokens: readonly FormulaToken[],
    private at = 0,
  ) {}

  /** Offset up to which has been read. */
  get end(): number {
    return this.at > 0 ? this.tokens[this.at - 1].end : 0;
  }

  /** The next factor, with or without an operator before it. */
  times(): FormulaNode | undefined {
    if (this.token.kind === 'times') this.at++;
    return this.factor();
  }

  /** One factor, with what hangs on it. */
  factor(): FormulaNode | undefined {
    if (this.depth >= MAX_DEPTH) return undefined;
    this.depth++;
    const first = this.primary();
    const node = first && this.hanging(first);
    this.depth--;
    return node;
  }

  /** Factors, joined by an operator or standing side by side. */
  private product(): FormulaNode | undefined {
    let left: FormulaNode | undefined = this.factor();
    while (left) {
      const { kind } = this.token;
      const before = this.at;
      if (kind === 'times' || kind === 'divide') this.at++;
      else if (kind !== 'name' && kind !== 'number' && kind !== 'open' && kind !== 'root' && kind !== 'fraction') break;
      const right = this.factor();
      if (!right) {
        this.at = before;
        break;
      }
      left =
        kind === 'divide'
          ? { kind: 'quotient', of: left, by: right }
          : { kind: 'product', factors: left.kind === 'product' ? [...left.factors, right] : [left, right] };
    }
    return left;
  }

  private get token(): FormulaToken {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)];
  }

  private is(kind: FormulaToken['kind']): boolean {
    return this.token.kind === kind;
  }

  private sum(): FormulaNode | undefined {
    const terms: FormulaNode[] = [];
    do {
      if (this.token.kind === 'plus' || this.token.kind === 'minus') this.at++;
      const term = this.product();
      if (!term) return undefined;
      terms.push(term);
    } while (this.token.kind === 'plus' || this.token.kind === 'minus');
    return terms.length === 1 ? terms[0] : { kind: 'sum', terms };
  }

  private primary(): FormulaNode | undefined {
    const { kind, text } = this.token;
    switch (kind) {
      case 'number':
        this.at++;
        return { kind: 'number', value: Number(text.replaceAll('_', '')) };
      case 'minus':
        this.at++;
        return this.factor();
      case 'root': {
        this.at++;
        const of = this.factor();
        return of && { kind: 'root', of };
      }
      case 'fraction': {
        this.at++;
        const of = this.primary();
        const by = of && this.primary();
        return by && { kind: 'quotient', of: of!, by };
      }
      case 'open':
        return this.bracket()?.[0];
      case 'name':
        return this.name();
      default:
        return undefined;
    }
  }

  /** A name, dots and all: what follows it may make it a call, a transpose or another name. */
  private name(): FormulaNode | undefined {
    let name = this.tokens[this.at++].text;
    while (this.token.kind === 'dot') {
      const next = this.tokens[this.at + 1]?.kind;
      // math.sqrt(…): √ by another name.
      if (next === 'root') {
        this.at++;
        return this.primary();
      }
      if (next !== 'name') break;
      const member = this.tokens[this.at + 1].text;
      const called = this.tokens[this.at + 2]?.kind === 'open';
      if ((member === 'T' || member === 'mT' || member === 'H') && !called) break;
      if (called && (TRANSPOSES.has(member) || !(SOFTMAX.test(member) || PRODUCTS.has(member)))) break;
      name = member;
      this.at += 2;
    }
    // \mathrm{softmax}(…): the brace belongs to the dress.
    if (SOFTMAX.test(name)) return this.softmax(name);
    if (this.token.kind === 'open' && this.token.text === '(' && (PRODUCTS.has(name) || TRANSPOSES.has(name)))
      return call(name, this.bracket() ?? []);
    return splitLetters(name);
  }

  private softmax(name: string): FormulaNode {
    while (this.token.kind === 'close' && this.token.text === '}') this.at++;
    if (this.token.kind === 'subscript') this.skipScript();
    const parts = this.token.kind === 'open' ? (this.bracket() ?? []) : [];
    return { kind: 'call', name, parts };
  }

  /** Index, transpose, exponent, member and `.transpose(…)` behind a factor. */
  private hanging(first: FormulaNode): FormulaNode {
    let node = first;
    for (;;) {
      const { kind } = this.token;
      if (kind === 'subscript') this.skipScript();
      else if (kind === 'transpose') {
        this.at++;
        node = transposed(node);
      } else if (kind === 'power') {
        this.at++;
        const next = raised(node, this.token.kind === 'transpose' ? this.skipMark() : this.primary());
        if (!next) return node;
        node = next;
      } else if (kind === 'dot' && this.tokens[this.at + 1]?.kind === 'name') {
        const member = this.tokens[this.at + 1].text;
        this.at += 2;
        if (this.token.kind === 'open' && this.token.text === '(') this.bracket();
        if (member === 'T' || member === 'mT' || TRANSPOSES.has(member)) node = { kind: 'transposed', of: node };
      } else if (kind === 'open' && this.token.text === '[') this.bracket();
      else return node;
    }
  }

  private skipMark(): FormulaNode {
    this.at++;
    return { kind: 'name', name: 'T' };
  }

  private skipScript(): void {
    this.at++;
    const { kind } = this.token;
    if (kind === 'open') this.bracket();
    else if (kind === 'name' || kind === 'number') this.at++;
  }

  /** What stands in brackets, parted by commas; a keyword argument is its value, `transpose_b=True` a name. */
  private bracket(): FormulaNode[] | undefined {
    if (this.depth >= MAX_DEPTH) return undefined;
    this.depth++;
    this.at++;
    const parts: FormulaNode[] = [];
    while (!this.is('close') && !this.is('end')) {
      const keyword = this.token.kind === 'name' && this.tokens[this.at + 1]?.kind === 'equals' ? this.token.text : '';
      if (keyword) this.at += 2;
      const part = this.sum();
      if (part) parts.push(keyword ? { kind: 'name', name: keyword } : part);
      if (this.token.kind === 'comma') this.at++;
      else if (!part || !this.is('close')) break;
    }
    this.depth--;
    if (!this.is('close')) return undefined;
    this.at++;
    return parts;
  }
}
