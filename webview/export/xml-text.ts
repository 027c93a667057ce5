import { escapeHtml, wellFormed } from '../../src/base/text.ts';

/** What XML 1.0 has no place for, escaped or not. */
const INVALID = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Any text as XML text or attribute value; characters that XML has no place for become U+FFFD. */
export function xmlText(text: string): string {
  return escapeHtml(wellFormed(text).replace(INVALID, '\uFFFD'));
}
