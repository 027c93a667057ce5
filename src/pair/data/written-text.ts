import { decodeCsv } from './decode-csv.ts';
import { decodeJson } from './decode-json.ts';
import { decodePo } from './decode-po.ts';
import { decodeXml } from './decode-xml.ts';
import { type DecodedText, moveMap, type OffsetMap, plainText, trimDecoded } from './decoded-text.ts';

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
