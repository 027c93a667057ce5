import type { SyntaxNode } from '@lezer/common';
import { drain } from '../base/scheduling.ts';
import { type Expression, type PythonBinding, type PythonScopes, pythonBindings } from './python-bindings.ts';
import type { PythonExpression } from './python-source.ts';
import { type PythonValue, pythonValue } from './python-values.ts';

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
function* readNames(text: string): Generator<undefined, FileNames, undefined> {
  if (last?.text === text) return last.names;
  const scopes = yield* pythonBindings(text);
  yield;
  const byName = new Map<string, PythonBinding[]>();
  for (const binding of scopes.bindings) {
    const same = byName.get(binding.name);
    if (same) same.push(binding);
    else byName.set(binding.name, [binding]);
  }
  const { bindings, blocks, tree } = scopes;
  last = { text, names: { bindings, blocks, tree, byName } };
  return last.names;
}

/** Reads a file beforehand, so that names are looked up in it at once. @param rest is waited for between two turns */
export async function prepareNames(text: string, rest: () => Promise<void> | undefined): Promise<void> {
  for (const _ of turnsOf(text)) await rest();
}

function* turnsOf(text: string): Generator<undefined, void, undefined> {
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
    const values = found.map(({ value }) => this.valueOf(value));
    const [first] = values;
    if (first === undefined || values.some((value) => JSON.stringify(value) !== JSON.stringify(first)))
      return undefined;
    const { offset, isDefault } = found[found.length - 1];
    this.asked.set(name, first);
    this.used.push({ name, value: first, line: this.lineOf(offset), isDefault });
    return first;
  };

  /** What a name is assigned, where there is just one such place. */
  expressionOf(name: string): PythonExpression | undefined {
    const found = this.visible(name);
    const value = found.length === 1 ? found[0].value : undefined;
    return value && this.expressionAt(value);
  }

  private valueOf(place: Expression | undefined): PythonValue | undefined {
    const expression = place && this.expressionAt(place);
    return expression && pythonValue(expression, this.resolve);
  }

  private expressionAt({ start, end }: Expression): PythonExpression | undefined {
    let node: SyntaxNode | null = this.read().tree.resolveInner(start, 1);
    while (node && node.to < end) node = node.parent;
    return node?.from === start && node.to === end ? { node, source: this.text } : undefined;
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
      if (here.length > 0 && (kind !== 'class' || innermost)) return here;
      around = parent;
    }
    return all.filter(({ block }) => block === -1);
  }

  private read(): FileNames {
    this.names ??= drain(readNames(this.text));
    return this.names;
  }

  private lineOf(offset: number): number {
    let line = 1;
    for (let at = this.text.indexOf('\n'); at >= 0 && at < offset; at = this.text.indexOf('\n', at + 1)) line++;
    return line;
  }
}
