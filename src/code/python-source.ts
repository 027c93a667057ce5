/** A piece of Python source; `newline` ends a line outside of brackets, its text is the indent of what follows. */
export interface PythonToken {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'newline';
  readonly text: string;
  /** UTF-16 offsets [start, end). */
  readonly start: number;
  readonly end: number;
}

const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /0[xX][\da-fA-F_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?/y;
const OPERATOR = /\*\*=|\/\/=|\*\*|\/\/|:=|->|==|!=|<=|>=|[-+*/%@&|^]=|[^\s\p{L}\p{N}]/uy;
const PREFIXES = /^[rbuft]{1,2}$/i;
const OPENS = '([{';
const CLOSES = ')]}';

/**
 * Splits Python source into tokens, in one pass; comments and white space fall away. Source that is not Python, or only
 * half written, gives tokens, too: a quote that is not closed is an operator.
 * @param from offset to start at    @param to offset to end at, at most
 */
export function pythonTokens(source: string, from = 0, to = source.length): PythonToken[] {
  const text = to < source.length ? source.slice(0, to) : source;
  const tokens: PythonToken[] = [];
  let at = from;
  let depth = 0;
  const push = (kind: PythonToken['kind'], start: number, end: number, shown = text.slice(start, end)) => {
    tokens.push({ kind, text: shown, start, end });
    at = end;
  };
  while (at < text.length) {
    const letter = text[at];
    if (letter === ' ') at++;
    else if (letter === '\n') {
      const end = afterIndent(text, at + 1);
      if (depth === 0) push('newline', at, end, text.slice(at + 1, end));
      else at = end;
    } else if (letter === '\\' && /[\r\n]/.test(text[at + 1] ?? '')) at += text[at + 1] === '\r' ? 3 : 2;
    else if (/\s/.test(letter)) at++;
    else if (letter === '#') at = lineEnd(text, at);
    else if (letter === '"' || letter === "'") {
      const end = stringEnd(text, at);
      push(end === undefined ? 'operator' : 'string', at, end ?? at + 1);
    } else {
      const name = nameAt(text, at);
      const quote = name && text[at + name.length];
      const end = name && (quote === '"' || quote === "'") && PREFIXES.test(name) && stringEnd(text, at + name.length);
      if (end) push('string', at, end);
      else if (name) push('name', at, at + name.length);
      else {
        const number = match(NUMBER, text, at);
        const shown = number ?? match(OPERATOR, text, at) ?? letter;
        if (OPENS.includes(shown)) depth++;
        if (CLOSES.includes(shown)) depth = Math.max(0, depth - 1);
        push(number ? 'number' : 'operator', at, at + shown.length);
      }
    }
  }
  return tokens;
}

/** Nearly all names are ASCII, and a file has very many of them. */
function nameAt(text: string, at: number): string | undefined {
  let end = at;
  let code = text.charCodeAt(end);
  while (isLetter(code) || (end > at && code >= 48 && code <= 57)) code = text.charCodeAt(++end);
  if (code > 127) return match(NAME, text, at);
  return end > at ? text.slice(at, end) : undefined;
}

/** A letter of ASCII, or an underscore. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function afterIndent(text: string, at: number): number {
  let end = at;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end;
}

/** Where the string ends that starts at this quote; undefined where it is not closed. */
function stringEnd(text: string, at: number): number | undefined {
  const quote = text[at];
  if (text.startsWith(quote.repeat(3), at)) {
    const end = text.indexOf(quote.repeat(3), at + 3);
    return end < 0 ? undefined : end + 3;
  }
  for (let i = at + 1; i < text.length && text[i] !== '\n'; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return i + 1;
  }
  return undefined;
}

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
