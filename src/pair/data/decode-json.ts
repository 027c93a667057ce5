import { DecodedBuilder } from './decoded-builder.ts';
import type { DecodedText } from './decoded-text.ts';

const SHORT: Readonly<Record<string, string>> = {
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
export function decodeJson(written: string): DecodedText | undefined {
  const decoded = new DecodedBuilder(written);
  let at = 0;
  while (at < written.length) {
    const slash = written.indexOf('\\', at);
    const plain = slash < 0 ? written.length : slash;
    decoded.copy(at, plain);
    if (slash < 0) break;
    const letter = written[slash + 1];
    const hex = letter === 'u' ? /^[\da-f]{4}$/i.exec(written.slice(slash + 2, slash + 6))?.[0] : undefined;
    const value = hex ? String.fromCharCode(Number.parseInt(hex, 16)) : SHORT[letter];
    at = slash + (hex ? 6 : 2);
    if (value === undefined || at > written.length) return undefined;
    decoded.escape(value, slash, at);
  }
  return decoded.build();
}
