import { ExplorerError, SIDE_WORDS } from '../contract/error.ts';

/** A stretch of text and its UTF-16 offsets [start, end): in the text that was parsed, or in the document once moved. */
export interface TextSpan {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What an exploration is of. Without a target the model writes one. */
export interface Pair {
  readonly source: TextSpan;
  readonly target?: TextSpan;
}

/** The same pair, its offsets counted from `base` UTF-16 units further up. */
export function movePair(pair: Pair, base: number): Pair {
  const move = (span: TextSpan): TextSpan => ({ text: span.text, start: span.start + base, end: span.end + base });
  return pair.target ? { source: move(pair.source), target: move(pair.target) } : { source: move(pair.source) };
}

/** Part [from, to) of a text without the white space around it; empty (at `from`) when there is nothing else. */
export function trimSpan(text: string, from = 0, to = text.length): TextSpan {
  const part = text.slice(from, to);
  const bare = part.trim();
  if (bare === '') return { text: '', start: from, end: from };
  const start = from + part.length - part.trimStart().length;
  return { text: bare, start, end: start + bare.length };
}

/**
 * Says what is wrong with a pair before any work is done on it.
 * @throws ExplorerError text-empty, text-same
 */
export function checkPair(pair: Pair): void {
  const { source, target } = pair;
  if (source.text.trim() === '' || (target && target.text.trim() === '')) {
    const which = source.text.trim() === '' ? 'source' : 'target';
    throw new ExplorerError(
      'text-empty',
      'The {which} text is empty or only white space. Select some text, or put the cursor on a line that has some.',
      { which: SIDE_WORDS[which] },
    );
  }
  if (target && normal(source.text) === normal(target.text)) {
    throw new ExplorerError(
      'text-same',
      'Source and target are the same text. Select a translation as target, or the source alone and let the model write the target.',
    );
  }
}

/** The same to a reader: white space and the form of accents do not count. */
function normal(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/gu, ' ');
}

const LINE_BREAK = /\r\n|\r|\n|\u2028|\u2029/g;
/** Three bars with white space, or an end of the text, on both sides. */
const BARS = /(?<=\s|^)\|\|\|(?=\s|$)/g;

/**
 * Reads a text that may hold a pair: two parts separated by a tab, by ` ||| `, or by a line break, tried in that order.
 * One line may have more columns than two: those after the second are left out, and an empty second one is no target.
 * Of several lines that all have columns the first is taken. Everything else that is not two parts is one source, line
 * breaks and all. White space around parts is left out; offsets are those of the trimmed parts.
 * @returns source with text '' when there is nothing but white space and a separator (see check-pair.ts)
 */
export function splitPair(text: string): Pair {
  const whole = trimSpan(text);
  const lines = splitAt(text, whole, LINE_BREAK).filter((line) => line.text !== '');
  const parts = splitAt(text, whole, /\t/g);
  if (parts.length === 2) return pairOf(parts);
  if (parts.length > 2 && lines.every((line) => line.text.includes('\t'))) {
    return pairOf(splitAt(text, lines[0], /\t/g));
  }
  const bars = splitAt(text, whole, BARS);
  if (bars.length === 2) return pairOf(bars);
  if (lines.length === 2) return pairOf(lines);
  return { source: whole };
}

/** Source and target of two parts; an empty part leaves the other alone, as source. */
function pairOf([first, second]: readonly TextSpan[]): Pair {
  if (second.text === '') return { source: first };
  return first.text === '' ? { source: second } : { source: first, target: second };
}

function splitAt(text: string, within: TextSpan, separator: RegExp): TextSpan[] {
  const parts: TextSpan[] = [];
  let from = within.start;
  for (const match of text.slice(within.start, within.end).matchAll(separator)) {
    const at = within.start + match.index;
    parts.push(trimSpan(text, from, at));
    from = at + match[0].length;
  }
  parts.push(trimSpan(text, from, within.end));
  return parts;
}

const BREAK = /[\r\n\u2028\u2029]/;

/**
 * The pair on the line that holds a UTF-16 offset (a caret right before a line break is on the line that ends there).
 * @returns offsets in `text`; source with text '' on an empty line
 */
export function linePair(text: string, offset: number): Pair {
  let start = Math.max(0, Math.min(offset, text.length));
  let end = start;
  // A caret between \r and \n stands behind the line, not on an empty one.
  if (text[start - 1] === '\r' && text[start] === '\n') start = --end;
  while (start > 0 && !BREAK.test(text[start - 1])) start--;
  while (end < text.length && !BREAK.test(text[end])) end++;
  return movePair(splitPair(text.slice(start, end)), start);
}
