import { type Dialect, readRow } from './rows.ts';
import { readWriting } from './written-text.ts';

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
export function syntaxOfField(text: string, { start }: { readonly start: number }): 'csv' | 'plain' {
  return start > 0 && text[start - 1] === '"' ? 'csv' : 'plain';
}
