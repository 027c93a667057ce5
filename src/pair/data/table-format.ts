import { syntaxOfField } from './dialect-of.ts';
import { lineStart } from './lines.ts';
import type { PairFormat, ReadState } from './pair-format.ts';
import type { Columns } from './pick-columns.ts';
import { type Dialect, readRow } from './rows.ts';

/** The rows of a CSV or TSV file, two of their columns being a pair. */
export function tableFormat(dialect: Dialect, { source, target, header }: Columns): PairFormat {
  return {
    begin: { offset: 0 },
    syntaxOf: syntaxOfField,
    // Only in a CSV may a row begin before its line.
    startAt: dialect.kind === 'tsv' ? (text, offset) => ({ offset: lineStart(text, offset) }) : undefined,
    read(text, state, until, found): ReadState {
      let { offset } = state;
      while (offset < text.length && offset < until) {
        const { fields, end, next } = readRow(text, offset, dialect);
        const from = fields[source];
        const to = target === undefined ? undefined : fields[target];
        if (from && (to || target === undefined) && !(header && offset === 0)) {
          found({ start: offset, end, source: from, target: to });
        }
        offset = next;
      }
      return { offset };
    },
  };
}
