import { DecodedBuilder } from './decoded-builder.ts';
import type { DecodedText } from './decoded-text.ts';

/** Decodes what stands between the quotes of a CSV field: `""` is a quote (RFC 4180, 2.7). @returns undefined for a lone one */
export function decodeCsv(written: string): DecodedText | undefined {
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
