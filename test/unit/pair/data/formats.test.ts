import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFor } from '../../../../src/pair/data/format-detection.ts';
import { jsonFormat, jsonLinesFormat, localisationFormat } from '../../../../src/pair/data/json-format.ts';
import type { PairFormat } from '../../../../src/pair/data/pair-format.ts';
import { poFormat } from '../../../../src/pair/data/po-format.ts';
import { tableFormat } from '../../../../src/pair/data/table-format.ts';
import { xliffFormat } from '../../../../src/pair/data/xliff-format.ts';
import { checkPlaces, pairsOf, somePair } from './places.ts';

type Pair = readonly [string, string];

interface Case {
  readonly name: string;
  readonly format: PairFormat;
  /** Writes pairs as a document; `die` gives numbers below its argument, to choose how. */
  readonly write: (pairs: readonly Pair[], die: (sides: number) => number) => string;
  /** What a piece of the document says, by other means than the readers'. */
  readonly decode: (raw: string) => string;
  readonly clean?: (text: string) => string;
}

const json = (text: string, die: (sides: number) => number) =>
  `"${[...text]
    .flatMap((character) => (die(3) ? [character] : character.split('')))
    .map((unit) =>
      die(3) && JSON.stringify(unit) === `"${unit}"`
        ? unit
        : die(2) && unit.length === 1
          ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
          : JSON.stringify(unit).slice(1, -1),
    )
    .join('')}"`;
const csv = (text: string, die: (sides: number) => number) =>
  die(2) || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
const po = (text: string, die: (sides: number) => number) => {
  const parts = [...text].map((character) => {
    const short = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\t': '\\t' }[character];
    if (short) return short;
    if (die(6)) return character;
    return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  });
  return `"${parts.map((part) => (die(6) ? part : `${part}"\n  "`)).join('')}"`;
};

const xml = (text: string, die: (sides: number) => number) =>
  [...text]
    .map((character) => {
      const named = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }[character];
      const tags = die(8) ? '' : `<x id="1 > ${die(9)}"/><!-- a & b --><ph id="2">&lt;b&gt;</ph>`;
      if (!die(6))
        return `${tags}&#${die(2) ? character.codePointAt(0) : `x${character.codePointAt(0)?.toString(16)}`};`;
      if (!die(8) && character !== ']') return `${tags}<![CDATA[${character}]]>`;
      return tags + (named ?? character);
    })
    .join('');
const unxml = (raw: string) =>
  raw
    .replace(/<ph[^>]*>.*?<\/ph>|<!--.*?-->/gs, '')
    .split(/(<!\[CDATA\[.*?\]\]>)/s)
    .map((part) =>
      part.startsWith('<![CDATA[')
        ? part.slice(9, -3)
        : part
            .replace(/<[^>]*"[^"]*"[^>]*>|<[^>]*>/g, '')
            .replace(/&(?:#x([\da-f]+)|#(\d+)|(amp|lt|gt));/g, (_, hex, decimal, name) =>
              name
                ? { amp: '&', lt: '<', gt: '>' }[name as 'amp']
                : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
            ),
    )
    .join('');
const unpo = (raw: string) => {
  const bytes: number[] = [];
  for (const [part] of raw.replace(/"\n {2}"/g, '').matchAll(/\\\d{3}|\\.|[^\\]/gsu)) {
    const short = { '\\\\': '\\', '\\"': '"', '\\n': '\n', '\\t': '\t' }[part];
    if (/^\\\d/.test(part)) bytes.push(Number.parseInt(part.slice(1), 8));
    else bytes.push(...new TextEncoder().encode(short ?? part));
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
};

const columns = { source: 1, target: 2, header: true };
const CASES: readonly Case[] = [
  {
    name: 'CSV',
    format: tableFormat({ kind: 'csv', delimiter: ',' }, columns),
    write: (pairs, die) =>
      ['id,en,zh', ...pairs.map(([a, b], i) => `${i},${csv(a, die)},${csv(b, die)}${die(2) ? ',x' : ''}`)].join(
        die(2) ? '\n' : '\r\n',
      ),
    decode: (raw) => raw.replaceAll('""', '"'),
  },
  {
    name: 'TSV',
    format: tableFormat({ kind: 'tsv', delimiter: '\t' }, columns),
    write: (pairs, die) =>
      ['id\ten\tzh', ...pairs.map(([a, b], i) => `${i}\t${a}\t${b}${die(2) ? '\t' : ''}`)].join('\n'),
    decode: (raw) => raw,
    clean: (text) => text.replace(/[\t\n"]/g, '').trim(),
  },
  {
    name: 'JSON',
    format: jsonFormat(),
    write: (pairs, die) => {
      const records = pairs.map(
        ([a, b], i) =>
          `{"id": ${i},${die(2) ? '\n  ' : ''}"note": {"deep": [1, "x", null]}, ${
            die(2)
              ? `"source": ${json(a, die)}, "target": ${json(b, die)}`
              : `"translation": {"en": ${json(a, die)},\n "zh": ${json(b, die)}}`
          }}`,
      );
      return die(2) ? `[${records.join(',\n')}]` : `{"data": {"train": [${records.join(', ')}]}}`;
    },
    decode: (raw) => JSON.parse(`"${raw}"`),
  },
  {
    name: 'JSON Lines',
    format: jsonLinesFormat(),
    write: (pairs, die) =>
      pairs
        .map(([a, b]) =>
          die(2)
            ? `{"src":${json(a, die)},"tgt":${json(b, die)}}`
            : ` {"translation": {"en": ${json(a, die)}, "zh-CN": ${json(b, die)}}, "id": 3}`,
        )
        .join('\n'),
    decode: (raw) => JSON.parse(`"${raw}"`),
  },
  {
    name: 'PO',
    format: poFormat,
    write: (pairs, die) =>
      [
        'msgid ""\nmsgstr ""\n"Language: zh\\n"\n',
        ...pairs.map(
          ([a, b]) =>
            `${die(2) ? '# note "\n#, fuzzy\n' : ''}${die(2) ? 'msgctxt "c"\n' : ''}msgid ${po(a, die)}\nmsgstr ${po(b, die)}`,
        ),
      ].join(die(2) ? '\n\n' : '\n'),
    decode: unpo,
  },
  {
    name: 'XLIFF 1.2',
    format: xliffFormat,
    write: (pairs, die) =>
      `<?xml version="1.0"?>\n<!-- <source> --><xliff version="1.2"><file><body>${pairs
        .map(
          ([a, b], i) =>
            `<trans-unit id="${i}">${die(2) ? '\n  ' : ''}<source xml:lang="en">${xml(a, die)}</source><alt-trans><source>no</source><target>不</target></alt-trans><target>${xml(b, die)}</target></trans-unit>`,
        )
        .join('\n')}</body></file></xliff>`,
    decode: unxml,
  },
  {
    name: 'XLIFF 2.0',
    format: xliffFormat,
    write: (pairs, die) =>
      `<x:xliff version="2.0" xmlns:x="urn:oasis:names:tc:xliff:document:2.0"><x:file id="f">${pairs
        .map(
          ([a, b], i) =>
            `<x:unit id="${i}"><x:segment>\n<x:source><x:pc id="1">${xml(a, die)}</x:pc></x:source>\n<x:target>${xml(b, die)}</x:target></x:segment></x:unit>`,
        )
        .join('\n')}</x:file></x:xliff>`,
    decode: unxml,
  },
];

describe('what is written can be read, and every character is found where it is written', () => {
  it.each(CASES)('$name', ({ format, write, decode, clean = (text) => text }) => {
    fc.assert(
      fc.property(fc.array(somePair, { maxLength: 4 }), fc.infiniteStream(fc.nat(1_000_000)), (texts, numbers) => {
        const pairs = texts.map(([a, b]): Pair => [clean(a), clean(b)]);
        const document = write(pairs, (sides) => numbers.next().value % sides);
        const found = pairsOf(document, format);
        expect(found.map(({ source, target }) => [source.text, target?.text])).toEqual(pairs);
        for (const { source, target } of found) {
          checkPlaces(document, source, decode);
          if (target) checkPlaces(document, target, decode);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it('a localisation file: every string has the path of its keys', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ maxLength: 5 }).filter((key) => !key.startsWith('@')),
          somePair,
        ),
        (texts) => {
          const object = Object.fromEntries(Object.entries(texts).map(([key, [a, b]]) => [key, { one: a, list: [b] }]));
          const document = JSON.stringify(object, null, 2);
          const found: [string, string][] = [];
          localisationFormat.read(document, localisationFormat.begin, document.length, ({ key = '', source }) => {
            found.push([key, JSON.parse(document.slice(source.start - 1, source.end + 1))]);
          });
          const expected = Object.entries(object).flatMap(([key, { one, list }]) => [
            [`${key}\0one`, one],
            [`${key}\0list\0${0}`, list[0]],
          ]);
          expect(found).toEqual(expected);
        },
      ),
      { seed: 3 },
    );
  });

  it('nothing that a file holds makes a reader fail or hang', () => {
    const shards = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        '"',
        ':',
        ',',
        '\n',
        '\r\n',
        'msgid ',
        'msgstr ',
        '<source>',
        '</source>',
        '<trans-unit>',
      ],
      ...[
        '<!--',
        '<![CDATA[',
        '&',
        '"en"',
        '"zh"',
        '\\',
        '\\u12',
        '""',
        'msgid_plural',
        '\t',
        '/*',
        '<?',
        '</',
        '>',
        'a b',
      ],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(shards, fc.string({ maxLength: 3 })), { maxLength: 60 }), (parts) => {
        const document = parts.join('');
        const kinds = (['csv', 'tsv', 'json', 'jsonl', 'po', 'xliff'] as const).map(
          (kind) => formatFor(kind, document).format,
        );
        for (const format of [...kinds, localisationFormat]) {
          if (!format) continue;
          for (const { source, target } of pairsOf(document, format)) {
            for (const text of [source, target]) {
              if (!text) continue;
              expect(text.start).toBeGreaterThanOrEqual(0);
              expect(document.startsWith(text.writing.written, text.start)).toBe(true);
            }
          }
        }
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});
