import { createScanner } from 'jsonc-parser';
import { type ReadState, type Span, shiftSpan } from './pair-format.ts';

/** An object or array that is open where the reading stands. */
export interface JsonFrame {
  readonly array: boolean;
  readonly start: number;
  /** Key, or index, of the value that is read or was read last. */
  readonly key: string | number;
  /** Strings that the reader was told to keep for it, by name. */
  readonly fields: ReadonlyMap<string, Span>;
}

export interface JsonState extends ReadState {
  /** From the outermost to the innermost. */
  readonly frames: readonly JsonFrame[];
  readonly expects: 'value' | 'value or end' | 'key or end' | 'colon' | 'comma or end' | 'nothing' | 'broken';
}

export interface JsonListener {
  /** A string that is a value, between its quotes. @returns the frame (its index) and name to keep it under, if at all */
  string?(frames: readonly JsonFrame[], span: Span): { readonly frame: number; readonly name: string } | undefined;
  /** An object or array ends. @param frames with it as the last */
  close?(frames: readonly JsonFrame[], end: number): void;
}

/** Deeper than this nothing is read. */
const DEEPEST = 64;
/** A longer string is passed over. */
const LONGEST_STRING = 200_000;
/** The first character that is not white space. */
const BLANK = /[^ \t\r\n]/g;
/** jsonc-parser's SyntaxKind, which is a const enum. */
const TOKEN = { openBrace: 1, closeBrace: 2, openBracket: 3, closeBracket: 4, comma: 5, colon: 6, string: 10, end: 17 };
const LITERALS = new Set([7, 8, 9, TOKEN.string, 11]);

export const JSON_BEGIN: JsonState = { offset: 0, frames: [], expects: 'value' };

/** PairFormat.shift of what reads JSON. */
export function shiftJson({ offset, frames, expects }: JsonState, by: number): JsonState {
  const shifted = frames.map((frame) => ({
    ...frame,
    start: frame.start + by,
    fields: new Map([...frame.fields].map(([name, span]) => [name, shiftSpan(span, by)])),
  }));
  return { offset: offset + by, frames: shifted, expects };
}

/** PairFormat.needs of what reads JSON: strings that were kept are looked at when their object ends. */
export function jsonNeeds({ offset, frames }: JsonState): number {
  const kept = frames.flatMap(({ fields }) => [...fields.values()]);
  return Math.min(offset, ...kept.map(({ start }) => start - 1));
}

type OpenFrame = Omit<JsonFrame, 'key' | 'fields'> & { key: string | number; readonly fields: Map<string, Span> };

/**
 * Reads JSON, with comments and trailing commas allowed, on from a state.
 * @returns the state then; at the text's end, expecting nothing, when all was read; broken where it is not JSON, ends too
 * early or goes too deep
 */
export function readJson(text: string, state: JsonState, until: number, listener: JsonListener): JsonState {
  const scanner = createScanner(text, true);
  scanner.setPosition(state.offset);
  const frames: OpenFrame[] = state.frames.map((frame) => ({ ...frame, fields: new Map(frame.fields) }));
  const read = { frames, expects: state.expects, listener };
  while (scanner.getPosition() < until && read.expects !== 'broken') {
    const end = read.expects.startsWith('value') ? endOfLongString(text, scanner.getPosition()) : undefined;
    if (end !== undefined) {
      scanner.setPosition(end);
      read.expects = frames.length > 0 ? 'comma or end' : 'nothing';
      continue;
    }
    const token = scanner.scan();
    if (token === TOKEN.end) {
      if (read.expects !== 'nothing') read.expects = 'broken';
      break;
    }
    const name = read.expects === 'key or end' ? scanner.getTokenValue() : '';
    read.expects =
      scanner.getTokenError() === 0
        ? take(read, token, scanner.getTokenOffset(), scanner.getPosition(), name)
        : 'broken';
  }
  if (read.expects === 'broken') return { offset: text.length, frames: [], expects: 'broken' };
  const offset = scanner.getPosition();
  if (offset >= text.length && read.expects !== 'nothing') return { offset, frames: [], expects: 'broken' };
  return { offset, frames, expects: read.expects };
}

/** Where the string that begins at an offset ends, if it is so long that it is not to be decoded: it holds no text to explore. */
function endOfLongString(text: string, at: number): number | undefined {
  BLANK.lastIndex = at;
  const start = BLANK.exec(text)?.index;
  if (start === undefined || text[start] !== '"') return undefined;
  let end = text.indexOf('"', start + 1);
  // A quote behind an odd number of backslashes is one of the string's own.
  while (end > 0 && backslashesBefore(text, end) % 2 === 1) end = text.indexOf('"', end + 1);
  return (end < 0 ? text.length : end) - start > LONGEST_STRING ? (end < 0 ? text.length : end + 1) : undefined;
}

function backslashesBefore(text: string, at: number): number {
  let count = 0;
  while (text[at - 1 - count] === '\\') count++;
  return count;
}

/** Takes one token, from `start` to `end`. @returns what may come next */
function take(
  { frames, expects, listener }: { frames: OpenFrame[]; expects: JsonState['expects']; listener: JsonListener },
  token: number,
  start: number,
  end: number,
  name: string,
): JsonState['expects'] {
  const top = frames.at(-1);
  const value = expects === 'value' || expects === 'value or end';
  if (value && (token === TOKEN.openBrace || token === TOKEN.openBracket)) {
    if (frames.length >= DEEPEST) return 'broken';
    const array = token === TOKEN.openBracket;
    frames.push({ array, start, key: array ? 0 : '', fields: new Map() });
    return array ? 'value or end' : 'key or end';
  }
  if (value && LITERALS.has(token)) {
    const span = { start: start + 1, end: end - 1 };
    const keep = token === TOKEN.string ? listener.string?.(frames, span) : undefined;
    if (keep) frames[keep.frame].fields.set(keep.name, span);
    return top ? 'comma or end' : 'nothing';
  }
  if (expects === 'key or end' && token === TOKEN.string && top) {
    top.key = name;
    return 'colon';
  }
  if (expects === 'colon' && token === TOKEN.colon) return 'value';
  if (expects === 'comma or end' && token === TOKEN.comma && top) {
    if (typeof top.key === 'number') top.key++;
    return top.array ? 'value or end' : 'key or end';
  }
  const closes = top?.array ? TOKEN.closeBracket : TOKEN.closeBrace;
  if (!top || token !== closes || !expects.endsWith('or end')) return 'broken';
  listener.close?.(frames, end);
  frames.pop();
  return frames.length > 0 ? 'comma or end' : 'nothing';
}
