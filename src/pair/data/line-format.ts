import type { PairFormat, PairPosition, ReadState, Span } from './pair-format.ts';

/** The first offset of the line that holds an offset; a line ends at \n, as documents have them. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The line that begins at an offset, without its end (\n or \r\n), and where the next one begins. */
export function lineAt(text: string, start: number): Span & { readonly next: number } {
  const found = text.indexOf('\n', start);
  if (found < 0) return { start, end: text.length, next: text.length };
  return { start, end: text[found - 1] === '\r' && found > start ? found - 1 : found, next: found + 1 };
}

/** A format in which every line stands for itself. @param read the pairs of one line */
export function lineFormat(
  read: (text: string, line: Span, found: (pair: PairPosition) => void) => void,
  rest: Pick<PairFormat, 'syntaxOf' | 'accepts'>,
): PairFormat {
  return {
    ...rest,
    begin: { offset: 0 },
    startAt: (text, offset) => ({ offset: lineStart(text, offset) }),
    read(text, state, until, found): ReadState {
      let { offset } = state;
      while (offset < text.length && offset < until) {
        const line = lineAt(text, offset);
        read(text, line, found);
        offset = line.next;
      }
      return { offset };
    },
  };
}

/** A file whose translation stands in another file, on the same line: each line is one text of a pair. */
export const alignedFormat: PairFormat = lineFormat(
  (_, { start, end }, found) => {
    if (end > start) found({ start, end, source: { start, end } });
  },
  { syntaxOf: () => 'plain' },
);
