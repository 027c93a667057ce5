import { lineFormat } from './line-format.ts';
import type { PairFormat } from './pair-format.ts';

/** A file whose translation stands in another file, on the same line: each line is one text of a pair. */
export const alignedFormat: PairFormat = lineFormat(
  (_, { start, end }, found) => {
    if (end > start) found({ start, end, source: { start, end } });
  },
  { syntaxOf: () => 'plain' },
);
