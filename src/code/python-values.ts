import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type PythonExpression, separated, tokensOf } from './python-source.ts';

/** What an expression says by itself: a number, a truth value, nothing, or several of them. */
export type PythonValue = number | boolean | null | readonly PythonValue[];

/** @returns the value of a (dotted) name where the file says it literally, else undefined */
export type ResolveName = (name: string) => PythonValue | undefined;

/** Longest expression that is worked out, in tokens. */
const MAX_TOKENS = 60;
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
export function pythonValue(expression: PythonExpression, resolve: ResolveName): PythonValue | undefined {
  if (tokensOf(expression, MAX_TOKENS + 1).length > MAX_TOKENS) return undefined;
  return evaluate(expression.node, expression.source, resolve);
}

function evaluate(node: SyntaxNode, source: string, resolve: ResolveName): PythonValue | undefined {
  const text = ({ from, to }: SyntaxNode) => source.slice(from, to);
  const inner = (one: SyntaxNode | undefined) => one && evaluate(one, source, resolve);
  switch (node.name) {
    case 'Number': {
      const value = Number(text(node).replaceAll('_', ''));
      return Number.isNaN(value) ? undefined : value;
    }
    case 'Boolean':
      return text(node) === 'True';
    case 'None':
      return null;
    case 'VariableName':
    case 'MemberExpression':
      return /[^\p{L}\p{N}_.\s]/u.test(text(node)) ? undefined : resolve(text(node).replaceAll(/\s/g, ''));
    case 'UnaryExpression': {
      const [sign, operand] = childrenOf(node);
      const value = /^[-+]$/.test(text(sign)) ? inner(operand) : undefined;
      return typeof value === 'number' ? (text(sign) === '-' ? -value : value) : undefined;
    }
    case 'BinaryExpression': {
      const [left, sign, right] = childrenOf(node);
      return apply(text(sign), inner(left), inner(right));
    }
    case 'ParenthesizedExpression': {
      const [parts] = separated(node);
      return parts?.length === 1 ? inner(parts[0]) : undefined;
    }
    case 'TupleExpression':
    case 'ArrayExpression': {
      const values = separated(node).map((part) => (part.length === 1 ? inner(part[0]) : undefined));
      return values.some((value) => value === undefined) ? undefined : (values as PythonValue[]);
    }
    default:
      return undefined;
  }
}

function apply(sign: string, a: PythonValue | undefined, b: PythonValue | undefined): number | undefined {
  if (typeof a !== 'number' || typeof b !== 'number' || !Object.hasOwn(OPERATIONS, sign)) return undefined;
  const value = OPERATIONS[sign](a, b);
  return Number.isFinite(value) ? value : undefined;
}
