/** Text with halves of surrogate pairs that stand alone replaced: UTF-8, UTF-32 and XML have no place for them. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
