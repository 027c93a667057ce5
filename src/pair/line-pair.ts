import { splitPair } from './split-pair.ts';
import { movePair, type Pair } from './text-pair.ts';

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
