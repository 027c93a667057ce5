import { matching, type PythonToken, splitAtCommas } from './python-source.ts';

/** What an expression says by itself: a number, a truth value, nothing, or several of them. */
export type PythonValue = number | boolean | null | readonly PythonValue[];

/** @returns the value of a (dotted) name where the file says it literally, else undefined */
export type ResolveName = (name: string) => PythonValue | undefined;

/** Longest expression that is worked out, in tokens. */
const MAX_TOKENS = 60;
const LITERALS: Readonly<Record<string, PythonValue>> = { True: true, False: false, None: null };
const PRECEDENCE: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '//': 2, '%': 2, '**': 4 };
const UNARY = 3;
const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => a - b * Math.floor(a / b),
  '**': (a, b) => a ** b,
};

/**
 * The value of an expression of literals: numbers, True, False, None, tuples and lists, + − * / // % ** and brackets, and
 * names that `resolve` knows. Anything else has no value here.
 */
export function pythonValue(tokens: readonly PythonToken[], resolve: ResolveName): PythonValue | undefined {
  const written = tokens.filter(({ kind }) => kind !== 'newline');
  if (written.length === 0 || written.length > MAX_TOKENS) return undefined;
  const reader = new Reader(written, resolve);
  const value = reader.expression(0);
  return reader.done ? value : undefined;
}

class Reader {
  private at = 0;

  constructor(
    private readonly tokens: readonly PythonToken[],
    private readonly resolve: ResolveName,
  ) {}

  get done(): boolean {
    return this.at === this.tokens.length;
  }

  /** Operators that bind tighter than `above`. */
  expression(above: number): PythonValue | undefined {
    let left = this.primary();
    for (;;) {
      const operator = this.tokens[this.at]?.text ?? '';
      const strength = Object.hasOwn(PRECEDENCE, operator) ? PRECEDENCE[operator] : 0;
      if (left === undefined || strength <= above) return left;
      this.at++;
      const right = this.expression(operator === '**' ? strength - 1 : strength);
      left = typeof left === 'number' && typeof right === 'number' ? apply(operator, left, right) : undefined;
    }
  }

  private primary(): PythonValue | undefined {
    const token = this.tokens[this.at];
    if (!token) return undefined;
    if (token.kind === 'number') {
      this.at++;
      return Number(token.text.replaceAll('_', ''));
    }
    if (token.text === '-' || token.text === '+') {
      this.at++;
      const value = this.expression(UNARY);
      return typeof value === 'number' ? (token.text === '-' ? -value : value) : undefined;
    }
    if (token.text === '(' || token.text === '[') return this.bracket(token.text);
    return token.kind === 'name' ? this.name() : undefined;
  }

  private bracket(open: string): PythonValue | undefined {
    const close = matching(this.tokens, this.at);
    if (close === undefined) return undefined;
    const inside = this.tokens.slice(this.at + 1, close);
    this.at = close + 1;
    const parts = splitAtCommas(inside);
    if (open === '(' && parts.length === 1 && inside.at(-1)?.text !== ',') return pythonValue(parts[0], this.resolve);
    const values = parts.map((part) => pythonValue(part, this.resolve));
    return values.some((value) => value === undefined) ? undefined : (values as PythonValue[]);
  }

  /** A dotted name; one that is called or looked into has no literal value. */
  private name(): PythonValue | undefined {
    let name = this.tokens[this.at++].text;
    while (this.tokens[this.at]?.text === '.' && this.tokens[this.at + 1]?.kind === 'name') {
      name += `.${this.tokens[this.at + 1].text}`;
      this.at += 2;
    }
    if (['(', '[', '.'].includes(this.tokens[this.at]?.text ?? '')) return undefined;
    return Object.hasOwn(LITERALS, name) ? LITERALS[name] : this.resolve(name);
  }
}

function apply(operator: string, a: number, b: number): number | undefined {
  const value = OPERATIONS[operator](a, b);
  return Number.isFinite(value) ? value : undefined;
}
