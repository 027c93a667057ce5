import type { Span } from './pair-format.ts';

/** The first offset of the line that holds an offset; a line ends at \n, as documents have them. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The line that begins at an offset, without its end (\n or \r\n), and where the next one begins. */
export function lineAt(text: string, start: number): Span & { readonly next: number } {
  const found = text.indexOf('\n', start);
  if (found < 0) return { start, end: text.length, next: text.length };
  return { start, end: text[found - 1] === '\r' && found > start ? found - 1 : found, next: found + 1 };
}
