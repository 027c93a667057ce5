import { DecodedBuilder } from './decoded-builder.ts';
import type { DecodedText } from './decoded-text.ts';
import { readMarkup } from './xml-markup.ts';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Inline elements whose content is code of the original format, not text (XLIFF 1.2, 2.3; in 2.0 they are empty). */
const CODE = new Set(['ph', 'it', 'bpt', 'ept']);

const SPECIAL = /[<&\r]/g;

/**
 * Decodes the content of an XML element: references and CDATA decoded, line ends as \n, comments and tags
 * left out; of XLIFF's inline elements the text stays and native code goes.
 * Source: XML 1.0, 2.11 and 4.6. Entities that a document declares itself are not read.
 * @returns undefined when it is not well-formed, or refers to an entity that XML does not have
 */
export function decodeXml(text: string): DecodedText | undefined {
  const decoded = new DecodedBuilder(text);
  /** The native code that is skipped: its element, and how many of it are open. */
  let code: { readonly name: string; depth: number } | undefined;
  let at = 0;
  while (at < text.length) {
    SPECIAL.lastIndex = at;
    const special = SPECIAL.exec(text)?.index ?? text.length;
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
