import { JSON_BEGIN, readJson } from './json-reader.ts';
import { lineAt } from './lines.ts';

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
