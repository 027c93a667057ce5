import type { TemplateResult } from 'lit';

/** A translated sentence with templates where it has its placeholders {0}, {1} … @param text translated already */
export function fill(text: string, parts: readonly (TemplateResult | string | number)[]) {
  return text.split(/\{(\d+)\}/).map((piece, i) => (i % 2 ? parts[Number(piece)] : piece));
}
