import { lineAt, lineStart } from './line-format.ts';
import type { Columns } from './pair-fields.ts';
import type { PairFormat, ReadState, Span } from './pair-format.ts';
import { readWriting } from './written-text.ts';

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

/** How a table is written. */
export interface Dialect {
  readonly delimiter: string;
  /** CSV: a field in quotes may hold delimiters, line ends and doubled quotes. TSV: a row is a line. */
  readonly kind: 'csv' | 'tsv';
}

export interface Row {
  /** What stands in each field, without its quotes; none where the row is broken. */
  readonly fields: readonly Span[];
  readonly end: number;
  /** Where the next row begins. */
  readonly next: number;
}

/** A quoted field longer than this has lost its closing quote. */
const LONGEST = 200_000;

/** Reads the row that begins at an offset (RFC 4180, with quotes inside an unquoted field taken as they are). */
function readRow(text: string, start: number, { delimiter, kind }: Dialect): Row {
  const line = lineAt(text, start);
  if (kind === 'tsv') return { fields: tabbed(text, line, delimiter), end: line.end, next: line.next };
  const fields: Span[] = [];
  let here = line;
  let at = start;
  for (;;) {
    if (text[at] === '"') {
      const close = closingQuote(text, at + 1);
      if (close === undefined) return { fields: [], end: line.end, next: line.next };
      if (close > here.end) here = lineAt(text, lastLine(text, at, close));
      fields.push({ start: at + 1, end: close });
      at = close + 1;
      if (at < here.end && text[at] !== delimiter) return { fields: [], end: here.end, next: here.next };
    } else {
      const found = text.slice(at, here.end).indexOf(delimiter);
      const end = found < 0 ? here.end : at + found;
      fields.push({ start: at, end });
      at = end;
    }
    if (at >= here.end) return { fields, end: here.end, next: here.next };
    at++;
  }
}

/** Fields of one line; as spreadsheets write it, one in quotes whose inner quotes are all doubled is a quoted one. */
function tabbed(text: string, line: Span, delimiter: string): Span[] {
  const fields: Span[] = [];
  let start = line.start;
  for (const part of text.slice(line.start, line.end).split(delimiter)) {
    const inner = part.length > 1 && part.startsWith('"') && part.endsWith('"') ? part.slice(1, -1) : '';
    const quoted = inner.includes('""') && !inner.replaceAll('""', '').includes('"');
    const end = start + part.length;
    fields.push(quoted ? { start: start + 1, end: end - 1 } : { start, end });
    start = end + delimiter.length;
  }
  return fields;
}

/** The quote that ends a field. */
function closingQuote(text: string, from: number): number | undefined {
  let at = text.indexOf('"', from);
  while (at >= 0 && at - from <= LONGEST && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 || at - from > LONGEST ? undefined : at;
}

/** Where the line begins that holds `to`, a line after the one that holds `from`. */
function lastLine(text: string, from: number, to: number): number {
  return from + text.slice(from, to).lastIndexOf('\n') + 1;
}

const DELIMITERS = [',', ';', '\t', '|'];
const ROWS = 50;

/** How a CSV file separates its fields: by the character that splits its first rows most evenly, a comma otherwise. */
export function csvDialect(sample: string): Dialect {
  const scores = DELIMITERS.map((delimiter) => {
    const dialect: Dialect = { delimiter, kind: 'csv' };
    const widths = sampleRows(sample, dialect).map(({ length }) => length);
    const most = widths.filter((width) => width === widths[0] && width > 1).length;
    return { dialect, score: widths.length ? most / widths.length : 0 };
  });
  return scores.reduce((best, one) => (one.score > best.score ? one : best)).dialect;
}

/** The decoded fields of a table's first rows; broken rows and the last, which the sample may cut, are left out. */
export function sampleRows(sample: string, dialect: Dialect): string[][] {
  const rows: string[][] = [];
  let offset = 0;
  while (offset < sample.length && rows.length < ROWS) {
    const { fields, next } = readRow(sample, offset, dialect);
    const cut = next >= sample.length && rows.length > 0 && !sample.endsWith('\n');
    if (fields.length > 0 && !cut) {
      rows.push(
        fields.map(({ start, end }) => readWriting(syntaxOfField(sample, { start }), sample, start, end)?.text ?? ''),
      );
    }
    offset = next;
  }
  return rows;
}

/** A field behind a quote is a quoted one. */
function syntaxOfField(text: string, { start }: { readonly start: number }): 'csv' | 'plain' {
  return start > 0 && text[start - 1] === '"' ? 'csv' : 'plain';
}
