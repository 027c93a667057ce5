import { matching, splitAtCommas } from './python-call.ts';
import type { PythonToken } from './python-source.ts';

/** A place where a name gets its value. */
export interface PythonBinding {
  readonly name: string;
  /** Undefined where the value can't be told: a parameter without default, a loop, an import, `+=`. */
  readonly value: readonly PythonToken[] | undefined;
  /** A parameter's default, which a caller may replace. */
  readonly isDefault: boolean;
  readonly offset: number;
  /** The function or class that it is in: index into `blocks`, −1 for the file. */
  readonly block: number;
}

/** A function's or class's body, by its UTF-16 offsets. */
export interface PythonBlock {
  readonly kind: 'def' | 'class';
  readonly start: number;
  readonly end: number;
  readonly parent: number;
}

export interface PythonScopes {
  readonly bindings: readonly PythonBinding[];
  readonly blocks: readonly PythonBlock[];
}

const HEADS = new Set(['if', 'elif', 'else', 'for', 'while', 'with', 'try', 'except', 'finally']);

/** Statements that are looked at between two turns. */
const PART = 200;

/**
 * Where the names of a file get their values, and what they are valid in; found by indents, in one pass. In turns, so that who
 * reads a long file need not hold others up.
 */
export function* pythonBindings(tokens: readonly PythonToken[]): Generator<void, PythonScopes> {
  const bindings: PythonBinding[] = [];
  const blocks: (PythonBlock & { end: number; readonly indent: number })[] = [];
  let block = -1;
  let count = 0;
  for (const { line, indent } of statements(tokens)) {
    if (++count % PART === 0) yield;
    while (block >= 0 && indent <= blocks[block].indent) {
      blocks[block].end = line[0].start;
      block = blocks[block].parent;
    }
    const bind = (name: string, value: readonly PythonToken[] | undefined, isDefault = false) =>
      bindings.push({ name, value, isDefault, offset: line[0].start, block });
    const first = line[0].text === 'async' ? 1 : 0;
    const kind = line[first]?.text;
    if ((kind === 'def' || kind === 'class') && line[first + 1]?.kind === 'name') {
      bind(line[first + 1].text, undefined);
      blocks.push({ kind, start: line[0].start, end: Number.POSITIVE_INFINITY, parent: block, indent });
      block = blocks.length - 1;
      if (kind === 'def') parameters(line.slice(first + 2), bind);
    } else {
      bindUnknown(line, bind);
      statement(afterHead(line), bind);
    }
  }
  return { bindings, blocks };
}

type Bind = (name: string, value: readonly PythonToken[] | undefined, isDefault?: boolean) => void;

/** Logical lines with their indents; what stands behind `;` is a line, too. */
function* statements(tokens: readonly PythonToken[]): Generator<{ line: PythonToken[]; indent: number }> {
  let line: PythonToken[] = [];
  let indent = 0;
  for (const token of tokens) {
    const ends = token.kind === 'newline' || (token.kind === 'operator' && token.text === ';');
    if (!ends) {
      line.push(token);
      continue;
    }
    if (line.length > 0) yield { line, indent };
    line = [];
    if (token.kind === 'newline') indent = token.text.length;
  }
  if (line.length > 0) yield { line, indent };
}

function parameters(tokens: readonly PythonToken[], bind: Bind): void {
  const close = matching(tokens, 0);
  if (close === undefined) return;
  for (const part of splitAtCommas(tokens.slice(1, close))) {
    const name = part.find(({ kind }) => kind === 'name');
    const equals = part.findIndex(({ text, kind }) => kind === 'operator' && text === '=');
    if (name) bind(name.text, equals > 0 ? part.slice(equals + 1) : undefined, equals > 0);
  }
}

/** `if big: a = 1` on one line: what stands behind the head. */
function afterHead(line: readonly PythonToken[]): readonly PythonToken[] {
  if (!HEADS.has(line[0].text)) return line;
  const colon = topLevel(line, ':');
  return colon > 0 && colon < line.length - 1 ? line.slice(colon + 1) : line;
}

/** `a = 1`, `self.a = 1`, `a: int = 1`, `a, b = 1, 2`; and what makes a name something else. */
function statement(line: readonly PythonToken[], bind: Bind): void {
  const equals = topLevel(line, '=');
  if (equals <= 0) return;
  const colon = topLevel(line.slice(0, equals), ':');
  const targets = splitAtCommas(line.slice(0, colon > 0 ? colon : equals)).map(dottedName);
  const value = line.slice(equals + 1);
  const values = targets.length > 1 ? splitAtCommas(value) : [value];
  const chained = topLevel(value, '=') >= 0;
  targets.forEach((name, i) => {
    if (name) bind(name, chained || values.length !== targets.length ? undefined : values[i]);
  });
  // `a = b = 1`: the second is not followed either.
  if (chained) {
    const second = dottedName(value.slice(0, topLevel(value, '=')));
    if (second) bind(second, undefined);
  }
}

/** Names of `for … in`, `as`, `import`, `:=`, `+=`: what they become is not literal. */
function bindUnknown(line: readonly PythonToken[], bind: Bind): void {
  const imported = line[0].text === 'import' || line[0].text === 'from';
  let inTargets = false;
  line.forEach(({ kind, text }, i) => {
    if (text === 'for') inTargets = true;
    else if (text === 'in') inTargets = false;
    else if (kind !== 'name') return;
    else if (inTargets || imported || line[i - 1]?.text === 'as' || line[i + 1]?.text === ':=') bind(text, undefined);
  });
  const assigns = line.findIndex(({ text, kind }) => kind === 'operator' && /^[-+*/%@&|^]=$|^(\*\*|\/\/)=$/.test(text));
  const name = assigns > 0 ? dottedName(line.slice(0, assigns)) : undefined;
  if (name) bind(name, undefined);
}

function topLevel(tokens: readonly PythonToken[], operator: string): number {
  let depth = 0;
  return tokens.findIndex(({ kind, text }) => {
    if (kind !== 'operator') return false;
    if ('([{'.includes(text)) depth++;
    if (')]}'.includes(text)) depth--;
    return depth === 0 && text === operator;
  });
}

/** `a` or `self.a`; undefined for anything else that can stand before `=`. */
function dottedName(tokens: readonly PythonToken[]): string | undefined {
  const fits = tokens.length % 2 === 1 && tokens.every(({ kind, text }, i) => (i % 2 ? text === '.' : kind === 'name'));
  return fits ? tokens.map(({ text }) => text).join('') : undefined;
}
