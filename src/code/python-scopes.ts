import { matching, type PythonToken, pythonTokenParts, splitAtCommas } from './python-source.ts';
import { type PythonValue, pythonValue } from './python-values.ts';

/** A place where a name gets its value. */
interface PythonBinding {
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

interface PythonScopes {
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
function* pythonBindings(tokens: readonly PythonToken[]): Generator<void, PythonScopes> {
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

/** A name that was found to stand for a literal value, and where. */
export interface ResolvedName {
  readonly name: string;
  readonly value: PythonValue;
  /** 1-based. */
  readonly line: number;
  /** It is a parameter's default: a caller may pass another. */
  readonly isDefault: boolean;
}

/** Longest file that names are looked up in, in UTF-16 units. */
export const MAX_FILE = 1 << 20;
/** Names that one place may need to be looked up for it. */
const MAX_NAMES = 64;
/** Places that may give a name its value; one with more is a variable in the full sense. */
const MAX_BINDINGS = 100;

interface FileNames extends PythonScopes {
  readonly byName: ReadonlyMap<string, readonly PythonBinding[]>;
}

/** Of the file that was read last: the pointer moves over one file for a while. */
let last: { readonly text: string; readonly names: FileNames } | undefined;

/** Reads what gives names their values, in turns. */
function* readNames(text: string): Generator<void, FileNames> {
  if (last?.text === text) return last.names;
  const tokens: PythonToken[] = [];
  for (const part of pythonTokenParts(text)) {
    tokens.push(...part);
    yield;
  }
  const scopes = yield* pythonBindings(tokens);
  yield;
  const byName = new Map<string, PythonBinding[]>();
  for (const binding of scopes.bindings) {
    const same = byName.get(binding.name);
    if (same) same.push(binding);
    else byName.set(binding.name, [binding]);
  }
  last = { text, names: { ...scopes, byName } };
  return last.names;
}

/** Reads a file beforehand, so that names are looked up in it at once. @param rest is waited for between two turns */
export async function prepareNames(text: string, rest: () => Promise<void> | undefined): Promise<void> {
  for (const _ of turnsOf(text)) await rest();
}

function* turnsOf(text: string): Generator<void> {
  if (text.length <= MAX_FILE) yield* readNames(text);
}

/**
 * Looks up what names stand for at one place of a Python file. A name has a value only where the file leaves no doubt: of
 * the innermost function around the place that gives it one (or the file), every place that does so must give the same
 * literal.
 */
export class LiteralNames {
  /** Everything looked up so far, in the order of asking. */
  readonly used: ResolvedName[] = [];
  private names: FileNames | undefined;
  /** Looked up already, or being looked up: a name that needs itself has no value. */
  private readonly asked = new Map<string, PythonValue | undefined>();

  constructor(
    private readonly text: string,
    private readonly offset: number,
  ) {}

  /** @returns the value of a dotted name, undefined where it is not sure */
  readonly resolve = (name: string): PythonValue | undefined => {
    if (this.asked.has(name) || this.asked.size >= MAX_NAMES) return this.asked.get(name);
    this.asked.set(name, undefined);
    const found = this.visible(name);
    const values = found.map(({ value }) => value && pythonValue(value, this.resolve));
    const [first] = values;
    if (first === undefined || values.some((value) => JSON.stringify(value) !== JSON.stringify(first)))
      return undefined;
    const { offset, isDefault } = found[found.length - 1];
    this.asked.set(name, first);
    this.used.push({ name, value: first, line: this.lineOf(offset), isDefault });
    return first;
  };

  /** The tokens that a name is assigned, where there is just one such place. */
  expressionOf(name: string): readonly PythonToken[] | undefined {
    const found = this.visible(name);
    return found.length === 1 ? found[0].value : undefined;
  }

  /** Where the innermost function around the place, or the file, gives the name a value. */
  private visible(name: string): PythonBinding[] {
    if (this.text.length > MAX_FILE) return [];
    const { blocks, byName } = this.read();
    const all = (byName.get(name) ?? []).slice(0, MAX_BINDINGS + 1);
    if (all.length > MAX_BINDINGS) return [];
    // An attribute belongs to an object, not to a function: wherever it is set counts.
    if (name.includes('.')) return all;
    let around = blocks.findLastIndex(({ start, end }) => start <= this.offset && this.offset < end);
    for (let innermost = true; around >= 0; innermost = false) {
      const { kind, parent } = blocks[around];
      const here = all.filter(({ block }) => block === around);
      // What a class body names is not seen in its methods.
      if (here.length > 0 && (kind === 'def' || innermost)) return here;
      around = parent;
    }
    return all.filter(({ block }) => block === -1);
  }

  private read(): FileNames {
    if (this.names) return this.names;
    const reading = readNames(this.text);
    let turn = reading.next();
    while (!turn.done) turn = reading.next();
    this.names = turn.value;
    return this.names;
  }

  private lineOf(offset: number): number {
    let line = 1;
    for (let at = this.text.indexOf('\n'); at >= 0 && at < offset; at = this.text.indexOf('\n', at + 1)) line++;
    return line;
  }
}
