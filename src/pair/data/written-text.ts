import { DecodedBuilder, type DecodedText, moveMap, type OffsetMap, plainText, trimDecoded } from './decoded-text.ts';
import { readMarkup } from './xml-markup.ts';

/** How a text is written in its document: as it is, or inside the quotes or tags of a data file. */
export type Syntax = 'plain' | 'json' | 'csv' | 'po' | 'xml';

const DECODERS: Readonly<Record<Syntax, (written: string) => DecodedText | undefined>> = {
  plain: plainText,
  json: decodeJson,
  csv: decodeCsv,
  po: decodePo,
  xml: decodeXml,
};

/** What a text looks like in its document, wherever it stands there. Plain data, to be stored with the text. */
export interface Writing {
  readonly syntax: Syntax;
  /** The document from the text's first unit to its last. */
  readonly written: string;
  /** Offsets from the beginning of `written`. */
  readonly map: OffsetMap;
}

/** A decoded text with its place in the document. */
export interface WrittenText {
  /** Without the white space around it; '' when there is nothing else. */
  readonly text: string;
  /** Document offset of its first unit. */
  readonly start: number;
  readonly writing: Writing;
}

/**
 * Decodes [from, to) of a document: what stands between quotes or tags.
 * @returns undefined when it is not written in that syntax
 */
export function readWriting(syntax: Syntax, text: string, from: number, to: number): WrittenText | undefined {
  const whole = DECODERS[syntax](text.slice(from, to));
  if (!whole) return undefined;
  const { text: decoded, map } = trimDecoded(whole);
  const start = from + (map[1] ?? 0);
  const end = from + (map.at(-2) ?? 0) + (map.at(-1) ?? 0);
  return {
    text: decoded,
    start,
    writing: { syntax, written: text.slice(start, end), map: moveMap(map, from - start) },
  };
}

/** Decodes what stands between the quotes of a CSV field: `""` is a quote (RFC 4180, 2.7). @returns undefined for a lone one */
function decodeCsv(written: string): DecodedText | undefined {
  const decoded = new DecodedBuilder(written);
  let at = 0;
  while (at < written.length) {
    const quote = written.indexOf('"', at);
    decoded.copy(at, quote < 0 ? written.length : quote);
    if (quote < 0) break;
    if (written[quote + 1] !== '"') return undefined;
    decoded.escape('"', quote, quote + 2);
    at = quote + 2;
  }
  return decoded.build();
}

const JSON_SHORT: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Decodes what stands between the quotes of a JSON string (RFC 8259, 7). @returns undefined when it is not one */
function decodeJson(written: string): DecodedText | undefined {
  const decoded = new DecodedBuilder(written);
  let at = 0;
  while (at < written.length) {
    const slash = written.indexOf('\\', at);
    const plain = slash < 0 ? written.length : slash;
    decoded.copy(at, plain);
    if (slash < 0) break;
    const letter = written[slash + 1];
    const hex = letter === 'u' ? /^[\da-f]{4}$/i.exec(written.slice(slash + 2, slash + 6))?.[0] : undefined;
    const value = hex ? String.fromCharCode(Number.parseInt(hex, 16)) : JSON_SHORT[letter];
    at = slash + (hex ? 6 : 2);
    if (value === undefined || at > written.length) return undefined;
    decoded.escape(value, slash, at);
  }
  return decoded.build();
}

const PO_SHORT: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const PO_SPECIAL = /[\\"\n]/g;

/** The end of one string and the beginning of the next, which continues it on a line of its own. */
const NEXT_LINE = /"[ \t]*\r?\n[ \t]*"/y;
const BYTES = /(?:\\[0-7]{1,3}|\\x[\da-f]{1,2}){1,4}/iy;

/**
 * Decodes what stands from inside the first to inside the last of a PO entry's strings: C escapes, and strings on
 * further lines put together. Octal and hexadecimal bytes are read as UTF-8. Source: GNU gettext manual, "PO Files".
 * @returns undefined when it is not such strings
 */
function decodePo(written: string): DecodedText | undefined {
  const decoded = new DecodedBuilder(written);
  let at = 0;
  while (at < written.length) {
    PO_SPECIAL.lastIndex = at;
    const special = PO_SPECIAL.exec(written)?.index ?? written.length;
    decoded.copy(at, special);
    if (special === written.length) break;
    at = special;
    if (written[at] === '"') {
      NEXT_LINE.lastIndex = at;
      const gap = NEXT_LINE.exec(written);
      if (!gap) return undefined;
      at += gap[0].length;
      continue;
    }
    const value = PO_SHORT[written[at + 1]];
    const bytes = value === undefined ? readBytes(written, at) : undefined;
    const end = at + (bytes?.length ?? 2);
    if (written[at] !== '\\' || (value ?? bytes?.value) === undefined) return undefined;
    decoded.escape(value ?? bytes?.value ?? '', at, end);
    at = end;
  }
  return decoded.build();
}

/** The UTF-8 bytes of one character, written one after the other. */
function readBytes(text: string, at: number): { readonly value: string; readonly length: number } | undefined {
  BYTES.lastIndex = at;
  const bytes = BYTES.exec(text)?.[0].match(/\\[^\\]+/g) ?? [];
  const values = bytes.map((byte) => Number.parseInt(byte.replace(/^\\x?/i, ''), /x/i.test(byte) ? 16 : 8));
  const count = values[0] < 0x80 ? 1 : values[0] < 0xe0 ? 2 : values[0] < 0xf0 ? 3 : 4;
  const character = values.slice(0, count);
  if (character.length < count || character.some((byte) => byte > 255)) return undefined;
  try {
    const value = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(character));
    return { value, length: bytes.slice(0, count).join('').length };
  } catch {
    return undefined;
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** Inline elements whose content is code of the original format, not text (XLIFF 1.2, 2.3; in 2.0 they are empty). */
const CODE = new Set(['ph', 'it', 'bpt', 'ept']);

const XML_SPECIAL = /[<&\r]/g;

/**
 * Decodes the content of an XML element: references and CDATA decoded, line ends as \n, comments and tags
 * left out; of XLIFF's inline elements the text stays and native code goes.
 * Source: XML 1.0, 2.11 and 4.6. Entities that a document declares itself are not read.
 * @returns undefined when it is not well-formed, or refers to an entity that XML does not have
 */
function decodeXml(text: string): DecodedText | undefined {
  const decoded = new DecodedBuilder(text);
  /** The native code that is skipped: its element, and how many of it are open. */
  let code: { readonly name: string; depth: number } | undefined;
  let at = 0;
  while (at < text.length) {
    XML_SPECIAL.lastIndex = at;
    const special = XML_SPECIAL.exec(text)?.index ?? text.length;
    if (!code) decoded.copy(at, special);
    if (special === text.length) break;
    at = special;
    if (text[at] === '\r') {
      const end = text[at + 1] === '\n' ? at + 2 : at + 1;
      if (!code && end === at + 2) decoded.escape('\n', at, end);
      at = end;
    } else if (text[at] === '&') {
      const end = text.indexOf(';', at) + 1;
      const value = end > 0 ? reference(text.slice(at + 1, end - 1)) : undefined;
      if (value === undefined) return undefined;
      if (!code) decoded.escape(value, at, end);
      at = end;
    } else {
      const markup = readMarkup(text, at);
      if (!markup) return undefined;
      if (markup.kind === 'cdata' && !code) decoded.copy(at + 9, markup.end - 3);
      if (markup.kind === 'open' && !code && CODE.has(markup.name)) code = { name: markup.name, depth: 1 };
      else if (markup.kind === 'open' && code?.name === markup.name) code.depth++;
      else if (markup.kind === 'close' && code?.name === markup.name && --code.depth === 0) code = undefined;
      at = markup.end;
    }
  }
  return decoded.build();
}

function reference(name: string): string | undefined {
  const number = /^#(?:x([\da-f]{1,6})|(\d{1,7}))$/i.exec(name);
  if (!number) return Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  const code = number[1] ? Number.parseInt(number[1], 16) : Number(number[2]);
  const allowed = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return allowed ? String.fromCodePoint(code) : undefined;
}
