import type { SyntaxNode, Tree, TreeCursor } from '@lezer/common';
import { childrenOf, parsePython } from './python-source.ts';

/** UTF-16 offsets [start, end) of an expression. */
export interface Expression {
  readonly start: number;
  readonly end: number;
}

/** A place where a name gets its value. */
export interface PythonBinding {
  readonly name: string;
  /** Undefined where the value can't be told: a parameter without default, a loop, an import, `+=`. */
  readonly value: Expression | undefined;
  /** A parameter's default, which a caller may replace. */
  readonly isDefault: boolean;
  readonly offset: number;
  /** The scope that it is in: index into `blocks`, −1 for the file. */
  readonly block: number;
}

/** What has names of its own, by its UTF-16 offsets: a function, a class, or a lambda or comprehension (`expression`). */
interface PythonBlock {
  readonly kind: 'def' | 'class' | 'expression';
  readonly start: number;
  readonly end: number;
  readonly parent: number;
}

export interface PythonScopes {
  readonly bindings: readonly PythonBinding[];
  readonly blocks: readonly PythonBlock[];
  /** Of the whole file. */
  readonly tree: Tree;
}

const BLOCKS: Readonly<Record<string, PythonBlock['kind']>> = {
  FunctionDefinition: 'def',
  ClassDefinition: 'class',
  LambdaExpression: 'expression',
  ComprehensionExpression: 'expression',
  ArrayComprehensionExpression: 'expression',
  DictionaryComprehensionExpression: 'expression',
  SetComprehensionExpression: 'expression',
};

/** Nodes of the tree between two turns. */
const NODES = 500;

/** Where the names of a file get their values, and what they are valid in; in turns. */
export function* pythonBindings(text: string): Generator<undefined, PythonScopes, undefined> {
  const tree = yield* parsePython(text);
  const reader = new ScopeReader(text, tree);
  const cursor = tree.cursor();
  for (let count = 1; cursor.next(); count++) {
    reader.enter(cursor);
    if (count % NODES === 0) yield;
  }
  return reader;
}

/** Collects scopes and bindings from the nodes of a tree, each before those within it. */
class ScopeReader implements PythonScopes {
  readonly bindings: PythonBinding[] = [];
  readonly blocks: PythonBlock[] = [];
  private block = -1;
  /** Start of the innermost statement so far: bindings are said to stand there. */
  private statement = 0;

  constructor(
    private readonly text: string,
    readonly tree: Tree,
  ) {}

  enter(cursor: TreeCursor): void {
    const { name, from, to } = cursor;
    while (this.block >= 0 && from >= this.blocks[this.block].end) this.block = this.blocks[this.block].parent;
    if (/(?:Statement|Definition)$/.test(name)) this.statement = from;
    const kind = Object.hasOwn(BLOCKS, name) ? BLOCKS[name] : undefined;
    if (kind) {
      const defined = kind === 'expression' ? null : cursor.node.getChild('VariableName');
      if (defined) this.bind(defined);
      this.blocks.push({ kind, start: from, end: to, parent: this.block });
      this.block = this.blocks.length - 1;
    } else if (name === 'AssignStatement') this.assignment(cursor.node);
    else if (name === 'UpdateStatement') this.bind(cursor.node.firstChild);
    else if (name === 'NamedExpression') this.bind(cursor.node.firstChild, undefined, false, this.around());
    else if (name === 'ParamList') this.parameters(cursor.node);
    else if (name === 'ImportStatement') for (const child of childrenOf(cursor.node)) this.bind(child);
    else if (name === 'CapturePattern') this.bind(cursor.node.firstChild);
    else if (name === 'as') this.bind(cursor.node.nextSibling);
    else if (name === 'for') {
      for (let child = cursor.node.nextSibling; child && child.name !== 'in'; child = child.nextSibling)
        this.bind(child);
    }
  }

  /** `a` and `self.a` get the value, the names in `(a, b)` one that can't be told; `a[0]` is no name. */
  private bind(target: SyntaxNode | null, value?: Expression, isDefault = false, block = this.block): void {
    if (!target) return;
    if (/^(?:Tuple|Array|Parenthesized)Expression$/.test(target.name)) {
      for (const child of childrenOf(target)) this.bind(child);
    } else if (target.name === 'VariableName' || target.name === 'MemberExpression') {
      const name = this.text.slice(target.from, target.to).replaceAll(/\s/g, '');
      if (DOTTED.test(name)) this.bindings.push({ name, value, isDefault, offset: this.statement, block });
    }
  }

  /** The function, class or file around comprehensions: `:=` in one gives a name a value out there. */
  private around(): number {
    let { block } = this;
    while (block >= 0 && this.blocks[block].kind === 'expression') block = this.blocks[block].parent;
    return block;
  }

  /** `a = 1`, `self.a = 1`, `a: int = 1`, `a, b = 1, 2`; `a = b = 1` is not followed. */
  private assignment(node: SyntaxNode): void {
    const parts: SyntaxNode[][] = [[]];
    let operators = 0;
    for (const child of childrenOf(node)) {
      if (child.name === 'AssignOp') {
        operators++;
        parts.push([]);
      } else if (child.name !== 'TypeDef' && child.name !== ',') parts[operators].push(child);
    }
    if (operators === 0) return;
    const [targets, values] = parts;
    const single = values.length === 1 ? { start: values[0].from, end: values[0].to } : undefined;
    const told = operators === 1 && (targets.length === 1 || targets.length === values.length);
    targets.forEach((target, i) => {
      const several = told && targets.length > 1 ? { start: values[i].from, end: values[i].to } : undefined;
      this.bind(target, targets.length > 1 ? several : told ? single : undefined);
    });
    for (const target of parts.slice(1, -1).flat()) this.bind(target);
  }

  /** Of a function or a lambda. */
  private parameters(node: SyntaxNode): void {
    const all = childrenOf(node);
    all.forEach((child, i) => {
      if (child.name !== 'VariableName' || all[i - 1]?.name === 'AssignOp') return;
      const equals = all[i + 1]?.name === 'TypeDef' ? i + 2 : i + 1;
      const value = all[equals]?.name === 'AssignOp' ? all[equals + 1] : undefined;
      this.bind(child, value && { start: value.from, end: value.to }, value !== undefined);
    });
  }
}

const DOTTED = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;
