import { lineAt, lineStart } from './lines.ts';
import type { PairFormat, PairPlace, ReadState, Span } from './pair-format.ts';

/** A format in which every line stands for itself. @param read the pairs of one line */
export function lineFormat(
  read: (text: string, line: Span, found: (pair: PairPlace) => void) => void,
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
