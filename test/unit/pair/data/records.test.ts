import { describe, expect, it } from 'vitest';
import { dataKind, formatFor } from '../../../../src/pair/data/format-detection.ts';
import { jsonFormat, jsonLinesFormat } from '../../../../src/pair/data/json-format.ts';
import { poFormat } from '../../../../src/pair/data/po-format.ts';
import { xliffFormat } from '../../../../src/pair/data/xliff-format.ts';
import { textsOf } from './places.ts';

const PAIR: [string, string] = ['I like ice cream.', '我喜欢冰淇淋。'];

describe('JSON records', () => {
  it.each([
    ['translation', { id: 7, translation: { en: PAIR[0], zh: PAIR[1] } }],
    ['source, target', { source: PAIR[0], target: PAIR[1], score: 0.3 }],
    ['src, tgt in any order', { tgt: PAIR[1], id: 'a b', src: PAIR[0] }],
    ['text, summary', { summary: PAIR[1], text: PAIR[0] }],
    ['document, summary', { document: PAIR[0], summary: PAIR[1] }],
    [
      'a question is read off its context',
      { question: PAIR[1], context: PAIR[0], answers: { text: ['ice'], answer_start: [7] } },
    ],
    ['an answer, too', { context: PAIR[0], answer: PAIR[1] }],
    ['two language codes', { zh_CN: PAIR[0], en: PAIR[1] }],
    ['language codes behind a name', { title_en: PAIR[0], title_zh: PAIR[1], id: 3 }],
    ['codes with scripts', { eng_Latn: PAIR[0], zho_Hans: PAIR[1] }],
    ['languages by name', { English: PAIR[0], Chinese: PAIR[1] }],
    ['of more languages English and Chinese', { de: 'Ich mag Eis.', zh: PAIR[1], fr: 'oui oui', en: PAIR[0] }],
    ['an id is no Indonesian', { id: 'train-17', en: PAIR[0], zh: PAIR[1] }],
  ])('%s', (_, record) => {
    expect(textsOf(JSON.stringify(record), jsonLinesFormat())).toEqual([PAIR]);
    expect(textsOf(JSON.stringify({ version: 1, data: [{ deeper: [record] }] }, null, 2), jsonFormat())).toEqual([
      PAIR,
    ]);
  });

  it.each([
    ['an id and one language', { id: 'train-17', en: PAIR[0] }],
    ['edges of a graph', { source: 'node1', target: 'node2' }],
    ['a rewrite rule', { source: '/a/b', target: '/c' }],
    ['numbers', { source: '1 2', target: '3 4' }],
    ['the same text twice', { source: PAIR[0], target: PAIR[0] }],
    ['an empty source', { source: ' ', target: PAIR[0] }],
    ['texts that are no strings', { source: [PAIR[0]], target: { text: PAIR[1] } }],
  ])('no pair: %s', (_, record) => {
    expect(textsOf(JSON.stringify([record]), jsonFormat())).toEqual([]);
  });

  it('an empty target is for the model to write', () => {
    expect(textsOf(JSON.stringify({ source: PAIR[0], target: '' }), jsonFormat())).toEqual([[PAIR[0], undefined]]);
  });

  it('reads comments and trailing commas, and no further than where it is broken', () => {
    const record = JSON.stringify({ source: PAIR[0], target: PAIR[1] });
    expect(textsOf(`// pairs\n[${record}, /* no ${record} */ ${record},]`, jsonFormat())).toEqual([PAIR, PAIR]);
    expect(textsOf(`[${record}, }, ${record}]`, jsonFormat())).toEqual([PAIR]);
    expect(textsOf(`[${record.slice(0, -1)}`, jsonFormat())).toEqual([]);
    expect(textsOf(`[{"source": "a b", "target": "\\x"}]`, jsonFormat())).toEqual([]);
  });

  it('a broken line of JSON Lines does no harm to the others', () => {
    const record = JSON.stringify({ src: PAIR[0], tgt: PAIR[1] });
    const lines = [record, record.slice(0, -2), `${record}}`, '', 'null', `${record} `, `${record},`];
    expect(textsOf(lines.join('\r\n'), jsonLinesFormat())).toEqual([PAIR, PAIR]);
  });

  it('goes 64 levels deep and stops there', () => {
    const nest = (depth: number) =>
      '['.repeat(depth) + JSON.stringify({ source: PAIR[0], target: PAIR[1] }) + ']'.repeat(depth);
    expect(textsOf(nest(63), jsonFormat())).toEqual([PAIR]);
    expect(textsOf(nest(64), jsonFormat())).toEqual([]);
    expect(textsOf('[{"a":'.repeat(200_000), jsonFormat())).toEqual([]);
  });

  it('reads what stands at chosen paths, and says which there are', () => {
    const record = { meta: { title: PAIR[0] }, body: { versions: ['x', PAIR[1]] } };
    const paths = { source: 'meta.title', target: 'body.versions.1' };
    const lines = `${JSON.stringify(record)}\n${JSON.stringify(record)}`;
    expect(textsOf(lines, jsonLinesFormat(paths))).toEqual([PAIR, PAIR]);
    expect(textsOf(JSON.stringify({ rows: [record] }), jsonFormat(paths))).toEqual([PAIR]);
    const form = formatFor('jsonl', lines);
    expect(form.format).toBeUndefined();
    expect(form.fields).toEqual([
      { name: 'meta.title', sample: PAIR[0] },
      { name: 'body.versions.0', sample: 'x' },
      { name: 'body.versions.1', sample: PAIR[1] },
    ]);
  });

  it('knows JSON Lines under the name of JSON', () => {
    const line = JSON.stringify({ src: PAIR[0], tgt: PAIR[1] });
    expect(dataKind('train.json', `${line}\n${line}`)).toBe('jsonl');
    expect(dataKind('train.json', line)).toBe('json');
    expect(dataKind('train.json', `[${line},\n${line}]`)).toBe('json');
    expect(dataKind('train.ts', line)).toBeUndefined();
  });
});

describe('tables', () => {
  const format = (kind: 'csv' | 'tsv', text: string) => formatFor(kind, text).format;
  const texts = (kind: 'csv' | 'tsv', text: string) => {
    const found = format(kind, text);
    return found && textsOf(text, found);
  };

  it.each([
    ['two columns', 'tsv', `${PAIR.join('\t')}\n${PAIR.join('\t')}`, 2],
    ['a header', 'tsv', `id\tsource\ttarget\n1\t${PAIR.join('\t')}\n`, 1],
    ['a header of languages, the other way round', 'csv', `Chinese,n,English\n${PAIR[0]},1,${PAIR[1]}\n`, 1],
    ['a header that is no known name', 'csv', `left,right\n${PAIR.join(',')}\n${PAIR.join(',')}\n`, 2],
    ['numbers and notes beside', 'tsv', `1\t${PAIR[0]}\t2\t${PAIR[1]}\tCC-BY\n`.repeat(3), 3],
    ['semicolons', 'csv', `en;zh\n"${PAIR[0]}";"${PAIR[1]}"\n`, 1],
    ['no line end at the end', 'csv', `en,zh\n"${PAIR[0]}",${PAIR[1]}`, 1],
    ['Windows line ends', 'csv', `en,zh\r\n${PAIR.join(',')}\r\n\r\n${PAIR.join(',')}\r\n`, 2],
    ['a licence in a third column of text', 'tsv', `${PAIR.join('\t')}\tCC-BY 2.0 by some one\n`.repeat(2), 2],
  ] as const)('%s', (_, kind, text, count) => {
    expect(texts(kind, text)).toEqual(Array(count).fill(PAIR));
  });

  it('three columns of one script are left to the person', () => {
    const form = formatFor('tsv', 'one text here\tanother text here\ta third text here\n'.repeat(3));
    expect(form.format).toBeUndefined();
    expect(form.fields.map(({ sample }) => sample)).toEqual([
      'one text here',
      'another text here',
      'a third text here',
    ]);
    const chosen = formatFor('tsv', '', { kind: 'tsv', columns: { source: 2, target: 0, header: false } });
    expect(textsOf('a b\tc d\te f\n', chosen.format!)).toEqual([['e f', 'a b']]);
  });

  it('columns of numbers are no pairs', () => {
    expect(texts('csv', 'x,y\n1,2\n3,4\n')).toBeUndefined();
  });

  it('a broken row of a CSV does no harm to the others; a quote inside a field is a quote', () => {
    const good = PAIR.join(',');
    expect(texts('csv', `en,zh\n"a" b,c\n${good}\n"unclosed,x\n${good}\n`)).toEqual([PAIR, PAIR]);
    expect(texts('csv', `en,zh\n5" pipe and more,管子\n`)).toEqual([['5" pipe and more', '管子']]);
    expect(texts('csv', `en,zh\n"two\nlines ""quoted""",两行\n`)).toEqual([['two\nlines "quoted"', '两行']]);
  });

  it('in a TSV a quoted field is one whose quotes are doubled', () => {
    expect(texts('tsv', `en\tzh\n"He said ""no""."\t他说不。\n"Yes," he said.\t他说“是”。\n`)).toEqual([
      ['He said "no".', '他说不。'],
      ['"Yes," he said.', '他说“是”。'],
    ]);
  });

  it('an empty target is for the model to write, a row without it is none', () => {
    expect(texts('tsv', `${PAIR[0]}\t\nalone\n${PAIR.join('\t')}\n`)).toEqual([[PAIR[0], undefined], PAIR]);
  });
});

describe('PO', () => {
  it('several forms: the first is of the singular, the others of the plural', () => {
    const entry =
      'msgid "One file"\nmsgid_plural "%d files"\nmsgstr[0] "Один файл"\nmsgstr[1] "%d файла"\nmsgstr[2] "%d файлов"\n';
    expect(textsOf(entry, poFormat)).toEqual([
      ['One file', 'Один файл'],
      ['%d files', '%d файла'],
      ['%d files', '%d файлов'],
    ]);
  });

  it('one form says the plural', () => {
    expect(textsOf('msgid "One file"\nmsgid_plural "%d files"\nmsgstr[0] "%d 个文件"\n', poFormat)).toEqual([
      ['%d files', '%d 个文件'],
    ]);
  });

  it('leaves out the header, what is obsolete, and broken entries; one without translation is a source alone', () => {
    const file = `msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#~ msgid "old"
#~ msgstr "旧"

msgid "broken
msgstr "坏"

msgid "bad escape \\q"
msgstr "坏"

msgid "no translation"

#: main.c:3
msgctxt "menu"
msgid ""
"Two "
"lines"
msgstr ""
"两"
"行"

msgid "untranslated"
msgstr ""
`;
    for (const text of [file, file.replaceAll('\n', '\r\n')]) {
      expect(textsOf(text, poFormat)).toEqual([
        ['Two lines', '两行'],
        ['untranslated', undefined],
      ]);
    }
  });
});

describe('a text of ten million characters', () => {
  const long = `a ${'b\\\\'.repeat(3_400_000)}`;
  const record = (source: string) => JSON.stringify({ src: source, tgt: PAIR[1] }).replace(source, () => source);
  const unit = (source: string) => `<trans-unit><source>${source}</source><target>${PAIR[1]}</target></trans-unit>`;

  it.each([
    ['json', `[${record(PAIR[0])}, ${record(long)}, ${record(PAIR[0])}, {"src": "${long}`],
    ['jsonl', `${record(PAIR[0])}\n${record(long)}\n${record(PAIR[0])}\n{"src": "${long}`],
    [
      'po',
      `${[PAIR[0], long, PAIR[0]].map((text) => `msgid "${text}"\nmsgstr "${PAIR[1]}"\n\n`).join('')}msgid "${long}`,
    ],
    ['tsv', `${PAIR.join('\t')}\n${long}\tb c\n${PAIR.join('\t')}\n${long}`],
    ['csv', `${PAIR.join(',')}\n${long},b c\n${PAIR.join(',')}\n"${long}`],
    ['xliff', `<xliff>${unit(PAIR[0])}${unit(long)}${unit(PAIR[0])}<source x="${long}`],
  ] as const)('is passed over in %s, and does no harm without an end', (kind, text) => {
    const { format } = formatFor(kind, text.slice(0, 200));
    expect(textsOf(text, format!)).toEqual([PAIR, PAIR]);
  });
});

describe('XLIFF', () => {
  const unit = (source: string, target = '<target>目标文本</target>') =>
    `<xliff><file><body><trans-unit id="1"><source>${source}</source>${target}</trans-unit></body></file></xliff>`;

  it('keeps the text of inline elements and drops native code', () => {
    const source =
      'Press <g id="1">the <mrk mtype="term">red</mrk></g> <bpt id="2">&lt;b&gt;</bpt>button<ept id="2">x</ept>.';
    expect(textsOf(unit(source), xliffFormat)).toEqual([['Press the red button.', '目标文本']]);
  });

  it('a unit without target is a source alone', () => {
    expect(textsOf(unit('Hello there', ''), xliffFormat)).toEqual([['Hello there', undefined]]);
    expect(textsOf(unit('Hello there', '<target/>'), xliffFormat)).toEqual([['Hello there', undefined]]);
  });

  it.each([
    ['an element that is not closed', unit('Hello <g>there')],
    ['an unknown entity', unit('Hello &there;')],
    ['a lone ampersand', unit('Hello & there')],
    ['declared entities', `<!DOCTYPE x [<!ENTITY there "x">]>${unit('Hello &there;')}`],
    ['the end in the middle', unit('Hello there').slice(0, -60)],
    ['text that is no XML', 'source < target > source'],
  ])('no pair: %s', (_, text) => {
    expect(textsOf(text, xliffFormat)).toEqual([]);
  });
});
