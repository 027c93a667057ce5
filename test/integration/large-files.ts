interface Row {
  readonly id: number;
  readonly source: string;
  readonly target: string;
}

/** 100,000 pairs. */
export function manyPairs(): Row[] {
  return Array.from({ length: 100_000 }, (_, id) => ({
    id,
    source: `Sentence number ${id} of a long file, which has “quotes” in it.`,
    target: `这是一个长文件的第 ${id} 句话，里面有引号。`,
  }));
}

const each = (rows: Row[], write: (row: Row) => string) => rows.map(write).join('');
/** How files of many pairs are written, by name. */
export const LARGE_FILES: Readonly<Record<string, (rows: Row[]) => string>> = {
  'large.tsv': (rows) => each(rows, ({ source, target }) => `${source}\t${target}\n`),
  'large.csv': (rows) => `id,source,target\n${each(rows, ({ id, source, target }) => `${id},"${source}",${target}\n`)}`,
  'large.jsonl': (rows) => each(rows, (row) => `${JSON.stringify(row)}\n`),
  'large.json': (rows) => JSON.stringify(rows, null, 1),
  'large.po': (rows) => each(rows, ({ source, target }) => `msgid "${source}"\nmsgstr "${target}"\n\n`),
  'large.xlf': (rows) =>
    `<xliff><file><body>\n${each(rows, ({ source, target }) => `<trans-unit><source>${source}</source><target>${target}</target></trans-unit>\n`)}</body></file></xliff>`,
};
