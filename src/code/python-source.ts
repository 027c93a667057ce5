import { type SyntaxNode, type Tree, TreeFragment } from '@lezer/common';
import { parser } from '@lezer/python';

/** An expression as it is written. */
export interface PythonExpression {
  readonly node: SyntaxNode;
  /** The text that the node's UTF-16 offsets count in. */
  readonly source: string;
}

/** One argument as it is written. */
export interface PythonArgument {
  /** Name before `=`; undefined where the argument goes by its place. */
  readonly keyword: string | undefined;
  /** UTF-16 offsets [start, end), from the keyword on, if there is one. */
  readonly start: number;
  readonly end: number;
  /** Names, numbers, strings and signs that the value is made of; counted as far as is of interest. */
  readonly tokens: number;
  /** Undefined where it is no expression. */
  readonly value: PythonExpression | undefined;
}

/** A call as it is written. */
export interface PythonCall {
  /** Dotted name, `nn.MultiheadAttention`, and its last part. */
  readonly callee: string;
  readonly name: string;
  readonly arguments: readonly PythonArgument[];
  /** True where arguments come by `*` or `**` too, so that not all are known. */
  readonly more: boolean;
  /** UTF-16 offsets of callee, brackets and all. */
  readonly start: number;
  readonly end: number;
}

/** Longest call that is read, in UTF-16 units; most end within the first part. */
const MAX_CALL = 4000;
const FIRST_PART = 500;
/** Tokens of a part of an argument that are counted. */
const MOST_TOKENS = 20;
const WORD = /[\p{L}\p{N}_]/u;

/** Steps of the parser between two turns. */
const STEPS = 50;
/** UTF-16 units after which a tree is made of what was parsed: the parser makes one in a single step. */
const PIECE = 1 << 16;

/**
 * Parses Python in turns, so that who reads a long text need not hold others up. Each piece goes on from the tree of those
 * before it. What is not Python, or only half written, has error nodes in the tree.
 */
export function* parsePython(text: string): Generator<undefined, Tree, undefined> {
  let fragments: readonly TreeFragment[] = [];
  for (let end = PIECE; ; end += PIECE) {
    const parse = parser.startParse(text, fragments);
    if (end < text.length) parse.stopAt(end);
    let tree = parse.advance();
    for (let step = 1; !tree; step++) {
      if (step % STEPS === 0) yield;
      tree = parse.advance();
    }
    if (end >= text.length) return tree;
    fragments = TreeFragment.addTree(tree, [], true);
    yield;
  }
}

/**
 * The innermost call of one of the names around a place, in turns.
 * @param names last parts of the callees that are looked for    @returns undefined where there is none, or it is not closed
 */
export function* callAt(
  text: string,
  offset: number,
  names: readonly string[],
): Generator<undefined, PythonCall | undefined, undefined> {
  const from = Math.max(0, offset - MAX_CALL);
  const near = text.slice(from, offset + 200);
  const starts = names.flatMap((name) => places(near, name).map((at) => ({ name, at: from + at })));
  starts.sort((a, b) => b.at - a.at);
  for (const { name, at } of starts) {
    const call = yield* callFrom(text, at, name);
    if (call && call.start <= offset && offset <= call.end) return call;
    yield;
  }
  return undefined;
}

function places(text: string, name: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0 && found.length < 50; at = text.indexOf(name, at + 1)) {
    if (!WORD.test(text[at - 1] ?? '') && !WORD.test(text[at + name.length] ?? '')) found.push(at);
  }
  return found;
}

/**
 * Parses from the callee on: what stands before may be prose, or a string that is not closed.
 * @param at where the last part of the callee begins
 */
function* callFrom(text: string, at: number, name: string): Generator<undefined, PythonCall | undefined, undefined> {
  const before = /(?:[\p{L}_][\p{L}\p{N}_]*\.){0,8}$/u.exec(text.slice(Math.max(0, at - 120), at))?.[0] ?? '';
  const start = at - before.length;
  if (/(?:^|\s)(?:class|def|import)\s+$/.test(text.slice(Math.max(0, start - 12), start))) return undefined;
  const open = at + name.length;
  if (!/^[ \t]*\(/.test(text.slice(open, open + 20))) return undefined;
  for (let size = FIRST_PART; size <= MAX_CALL; size *= 2) {
    const source = text.slice(at, open + size);
    const tree = yield* parsePython(source);
    const list = tree.resolveInner(0, 1).parent?.getChild('ArgList');
    if (list?.lastChild?.name === ')') {
      const parts = separated(list);
      return {
        callee: before + name,
        name,
        arguments: parts.filter((part) => !isStarred(part)).map((part) => argument(part, source, at)),
        more: parts.some(isStarred),
        start,
        end: at + list.to,
      };
    }
    if (open + size >= text.length) break;
  }
  return undefined;
}

const isStarred = ([first]: readonly SyntaxNode[]): boolean => first.name === '*' || first.name === '**';

/** @param base where the source begins */
function argument(part: readonly SyntaxNode[], source: string, base: number): PythonArgument {
  const [first, sign] = part;
  const named = sign?.name === 'AssignOp' && source.slice(sign.from, sign.to) === '=';
  const value = named ? part.slice(2) : part;
  return {
    keyword: named ? source.slice(first.from, first.to) : undefined,
    start: base + first.from,
    end: base + part[part.length - 1].to,
    tokens: value.reduce((sum, node) => sum + tokensOf({ node, source }, MOST_TOKENS).length, 0),
    value: value.length === 1 && !value[0].type.isError ? { node: value[0], source } : undefined,
  };
}

/** The nodes within a node but comments. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name !== 'Comment') found.push(child);
  return found;
}

/** What stands between the brackets of a list, cut at its commas; nothing stands behind a trailing one. */
export function separated(list: SyntaxNode): SyntaxNode[][] {
  const parts: SyntaxNode[][] = [[]];
  for (const child of childrenOf(list)) {
    if (child.name === ',') parts.push([]);
    else if (!/^[()[\]]$/.test(child.name) && child.to > child.from) parts[parts.length - 1].push(child);
  }
  return parts.filter((part) => part.length > 0);
}

/** The names, numbers, strings and signs of an expression. @param most after so many it stops */
export function tokensOf({ node, source }: PythonExpression, most = MAX_CALL): string[] {
  const tokens: string[] = [];
  const cursor = node.cursor();
  while (tokens.length < most && cursor.from < node.to) {
    while (cursor.name !== 'FormatString' && cursor.firstChild()) {
      // On to what has no parts.
    }
    if (cursor.name !== 'Comment' && cursor.to > cursor.from) tokens.push(source.slice(cursor.from, cursor.to));
    while (!cursor.nextSibling()) if (!cursor.parent()) return tokens;
  }
  return tokens;
}
