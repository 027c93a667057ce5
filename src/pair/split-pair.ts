import type { Pair, TextSpan } from './text-pair.ts';
import { trimSpan } from './trim-span.ts';

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
