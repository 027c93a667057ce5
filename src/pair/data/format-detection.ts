import { jsonFormat, jsonLinesFormat, type Paths, type SampleField, samplePaths } from './json-format.ts';
import { JSON_BEGIN, readJson } from './json-reader.ts';
import { lineAt } from './line-format.ts';
import { type Columns, pickColumns } from './pair-fields.ts';
import type { PairFormat } from './pair-format.ts';
import { poFormat } from './po-format.ts';
import { csvDialect, type Dialect, sampleRows, tableFormat } from './table-format.ts';
import { xliffFormat } from './xliff-format.ts';

/** What a person has said about a file whose pairs are not known by themselves. Plain data, to be stored. */
export interface DataChoice {
  readonly kind: DataKind;
  readonly columns?: Columns;
  readonly paths?: Paths;
}

/** A file of pairs: how to read it, or, where that is not known yet, among which fields there is to choose. */
export interface DataForm {
  readonly kind: DataKind;
  readonly format?: PairFormat;
  /** Fields of a table, or of JSON Lines in which no pair was found, with the names that a person knows them by. */
  readonly fields: readonly SampleField[];
  /** Source and target among the fields of a table. */
  readonly columns?: Columns;
  readonly paths?: Paths;
}

/** How to read a file of a kind. @param sample its beginning   @param choice what was chosen for it */
export function formatFor(kind: DataKind, sample: string, choice?: DataChoice): DataForm {
  switch (kind) {
    case 'po':
      return { kind, format: poFormat, fields: [] };
    case 'xliff':
      return { kind, format: xliffFormat, fields: [] };
    case 'json':
      return { kind, format: jsonFormat(choice?.paths), fields: [], paths: choice?.paths };
    case 'jsonl':
      return jsonLines(sample, choice?.paths);
    case 'csv':
      return table(kind, sample, csvDialect(sample), choice?.columns);
    case 'tsv':
      return table(kind, sample, { delimiter: '\t', kind }, choice?.columns);
  }
}

function jsonLines(sample: string, paths: Paths | undefined): DataForm {
  const format = jsonLinesFormat(paths);
  let pairs = 0;
  for (let state = format.begin; !paths && pairs === 0 && state.offset < sample.length; ) {
    state = format.read(sample, state, state.offset + 1, () => pairs++);
  }
  const fields = paths || pairs > 0 ? [] : samplePaths(sample, 'jsonl');
  // Without fields there is nothing to choose either: the pairs may come later.
  return { kind: 'jsonl', format: fields.length === 0 ? format : undefined, fields, paths };
}

function table(kind: 'csv' | 'tsv', sample: string, dialect: Dialect, chosen: Columns | undefined): DataForm {
  const rows = sampleRows(sample, dialect);
  const columns = chosen ?? pickColumns(rows);
  const header = columns?.header ?? false;
  const [first = [], second = first] = rows;
  const fields = second.map((value, column) => ({ name: header ? (first[column] ?? '') : '', sample: value }));
  return { kind, format: columns && tableFormat(dialect, columns), fields, columns };
}

/** Kinds of files that hold both texts of a pair. */
export type DataKind = 'csv' | 'tsv' | 'json' | 'jsonl' | 'po' | 'xliff';

const ENDINGS: Readonly<Record<string, DataKind>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  po: 'po',
  pot: 'po',
  xlf: 'xliff',
  xliff: 'xliff',
};

/** What kind of data a file holds, by the ending of its name. JSON Lines under the name of JSON are known by their first line. */
export function dataKind(name: string, sample: string): DataKind | undefined {
  const kind = ENDINGS[/\.(\w+)$/.exec(name)?.[1].toLowerCase() ?? ''];
  return kind === 'json' && isJsonLines(sample) ? 'jsonl' : kind;
}

/** A whole object on the first line, and something on the second. */
function isJsonLines(sample: string): boolean {
  const { end, next } = lineAt(sample, 0);
  const first = sample.slice(0, end).trim();
  if (
    !first.startsWith('{') ||
    !sample
      .slice(next, next + 100)
      .trimStart()
      .startsWith('{')
  )
    return false;
  return readJson(first, JSON_BEGIN, first.length, {}).expects === 'nothing';
}
