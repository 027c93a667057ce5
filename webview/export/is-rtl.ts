const RTL = /^[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Whether a text runs from right to left: as `dir="auto"` finds it, by its first letter. */
export function isRtl(text: string): boolean {
  return RTL.test(/\p{L}/u.exec(text)?.[0] ?? '');
}
