import { DecodedBuilder } from './decoded-builder.ts';
import type { DecodedText } from './decoded-text.ts';

const SHORT: Readonly<Record<string, string>> = {
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
const SPECIAL = /[\\"\n]/g;
/** The end of one string and the beginning of the next, which continues it on a line of its own. */
const NEXT_LINE = /"[ \t]*\r?\n[ \t]*"/y;
const BYTES = /(?:\\[0-7]{1,3}|\\x[\da-f]{1,2}){1,4}/iy;

/**
 * Decodes what stands from inside the first to inside the last of a PO entry's strings: C escapes, and strings on
 * further lines put together. Octal and hexadecimal bytes are read as UTF-8. Source: GNU gettext manual, "PO Files".
 * @returns undefined when it is not such strings
 */
export function decodePo(written: string): DecodedText | undefined {
  const decoded = new DecodedBuilder(written);
  let at = 0;
  while (at < written.length) {
    SPECIAL.lastIndex = at;
    const special = SPECIAL.exec(written)?.index ?? written.length;
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
    const value = SHORT[written[at + 1]];
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
