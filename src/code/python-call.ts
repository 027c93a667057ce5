import { type PythonToken, pythonTokens } from './python-source.ts';

/** One argument as it is written. */
export interface PythonArgument {
  /** Name before `=`; undefined where the argument goes by its place. */
  readonly keyword: string | undefined;
  /** Where it begins, UTF-16 offset: at the keyword, if there is one. */
  readonly start: number;
  readonly value: readonly PythonToken[];
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

/** Longest call that is read, in UTF-16 units. */
const MAX_CALL = 4000;

const WORD = /[\p{L}\p{N}_]/u;

/**
 * The innermost call of one of the names around a place.
 * @param names last parts of the callees that are looked for    @returns undefined where there is none, or it is not closed
 */
export function callAt(text: string, offset: number, names: readonly string[]): PythonCall | undefined {
  const from = Math.max(0, offset - MAX_CALL);
  const near = text.slice(from, offset + 200);
  const starts = names.flatMap((name) => places(near, name).map((at) => ({ name, at: from + at })));
  starts.sort((a, b) => b.at - a.at);
  for (const { name, at } of starts) {
    const call = callFrom(text, at, name);
    if (call && call.start <= offset && offset <= call.end) return call;
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

/** @param at where the last part of the callee begins */
function callFrom(text: string, at: number, name: string): PythonCall | undefined {
  const before = /(?:[\p{L}_][\p{L}\p{N}_]*\.){0,8}$/u.exec(text.slice(Math.max(0, at - 120), at))?.[0] ?? '';
  const start = at - before.length;
  if (/(?:^|\s)(?:class|def|import)\s+$/.test(text.slice(Math.max(0, start - 12), start))) return undefined;
  const tokens = pythonTokens(text, at + name.length, Math.min(text.length, at + name.length + MAX_CALL));
  if (tokens[0]?.text !== '(') return undefined;
  const close = matching(tokens, 0);
  if (close === undefined) return undefined;
  const parts = splitAtCommas(tokens.slice(1, close));
  return {
    callee: before + name,
    name,
    arguments: parts.filter((part) => !isStarred(part)).map(argument),
    more: parts.some(isStarred),
    start,
    end: tokens[close].end,
  };
}

/** Index of the bracket that closes the one at `open`. */
export function matching(tokens: readonly PythonToken[], open: number): number | undefined {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i].kind !== 'operator') continue;
    if ('([{'.includes(tokens[i].text)) depth++;
    else if (')]}'.includes(tokens[i].text) && --depth === 0) return i;
  }
  return undefined;
}

/** Parts between the commas that stand in no bracket; an empty last part, after a trailing comma, falls away. */
export function splitAtCommas(tokens: readonly PythonToken[]): PythonToken[][] {
  const parts: PythonToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'newline') continue;
    const operator = token.kind === 'operator' ? token.text : '';
    if (operator && '([{'.includes(operator)) depth++;
    if (operator && ')]}'.includes(operator)) depth--;
    if (operator === ',' && depth === 0) parts.push([]);
    else parts[parts.length - 1].push(token);
  }
  return parts.filter((part) => part.length > 0);
}

const isStarred = ([first]: readonly PythonToken[]): boolean => first.text === '*' || first.text === '**';

function argument(tokens: readonly PythonToken[]): PythonArgument {
  const named = tokens.length > 1 && tokens[0].kind === 'name' && tokens[1].text === '=';
  const { start } = tokens[0];
  return named
    ? { keyword: tokens[0].text, start, value: tokens.slice(2) }
    : { keyword: undefined, start, value: tokens };
}
