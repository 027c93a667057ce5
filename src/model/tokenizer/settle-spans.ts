/** A span that settling may move; offsets are UTF-16 units of the original text. */
export interface Span {
  start: number;
  end: number;
}

const HIGH = /[\uD800-\uDBFF]/;
const LOW = /[\uDC00-\uDFFF]/;
const SPACE = /\s/;

/**
 * Makes the spans of consecutive pieces fit to be shown: white space at their edges is left out (unless that is all
 * there is), letters that the normalizer dropped go with the piece beside them, and no surrogate pair is cut.
 */
export function settleSpans(text: string, spans: readonly Span[]): void {
  for (const span of spans) {
    let { start, end } = span;
    while (start < end && SPACE.test(text[start])) start++;
    while (end > start && SPACE.test(text[end - 1])) end--;
    if (start < end) {
      span.start = start;
      span.end = end;
    }
  }
  const solid = spans.filter((span) => span.end > span.start);
  let reached = 0;
  for (const [i, span] of solid.entries()) {
    // Dropped letters right before this piece and after white space, or at the very start, go with it …
    while (span.start > reached && !SPACE.test(text[span.start - 1])) span.start--;
    reached = Math.max(reached, span.end);
    // … those right after it with it.
    const next = solid[i + 1]?.start ?? text.length;
    if (SPACE.test(text[span.end - 1])) continue;
    while (span.end < next && !SPACE.test(text[span.end])) span.end++;
    reached = Math.max(reached, span.end);
  }
  for (const span of spans) {
    if (cuts(text, span.start)) span.start--;
    if (cuts(text, span.end)) span.end += span.end > span.start ? 1 : -1;
  }
}

function cuts(text: string, at: number): boolean {
  return at > 0 && at < text.length && HIGH.test(text[at - 1]) && LOW.test(text[at]);
}
