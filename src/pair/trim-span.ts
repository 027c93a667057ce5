import type { TextSpan } from './text-pair.ts';

/** Part [from, to) of a text without the white space around it; empty (at `from`) when there is nothing else. */
export function trimSpan(text: string, from = 0, to = text.length): TextSpan {
  const part = text.slice(from, to);
  const bare = part.trim();
  if (bare === '') return { text: '', start: from, end: from };
  const start = from + part.length - part.trimStart().length;
  return { text: bare, start, end: start + bare.length };
}
