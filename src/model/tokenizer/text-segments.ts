const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** What numbering needs of a token. */
export interface Placed {
  readonly start: number;
  readonly end: number;
  readonly special: boolean;
}

/**
 * Numbers the words that tokens belong to. A word is a segment of the ORIGINAL text (Unicode word boundaries, with a
 * dictionary for Chinese, Japanese and Thai; punctuation stands alone). Pieces that touch one segment share a number;
 * a piece that covers several segments makes one word of them. A bare word-boundary piece goes with what follows it.
 * @returns one number a token, from 0, never falling
 */
export function numberWords(text: string, tokens: readonly Placed[]): number[] {
  const segmentAt = new Int32Array(text.length + 1);
  let count = 0;
  for (const { segment, index } of segmentsOf(words, text)) segmentAt.fill(count++, index, index + segment.length);
  const numbers: number[] = [];
  let word = -1;
  /** Last segment that the current word covers; −1 after a special token. */
  let last = -1;
  /** The word so far has only boundary marks: whatever follows joins it. */
  let open = false;
  for (const token of tokens) {
    if (token.special) {
      numbers.push(++word);
      last = -1;
      open = false;
      continue;
    }
    const blank = text.slice(token.start, token.end).trim() === '';
    if (blank) {
      if (!open) word++;
      open = true;
      last = -1;
    } else {
      const first = segmentAt[token.start];
      if (!open && (last < 0 || first > last)) word++;
      open = false;
      last = Math.max(last, segmentAt[token.end - 1]);
    }
    numbers.push(word);
  }
  return numbers;
}

/** Enough text for the dictionary to see whole phrases, short enough for the segmenter to be fast. */
const SHORTEST = 256;
const LONGEST = 4096;
/** After white space or a full stop of Chinese, before something that cannot belong to what came before. */
const BREAK = /(?<=[\s。！？])(?=[^\p{M}\p{Cf}\s。！？])/gu;

/**
 * Segments of a text, in order, with their UTF-16 index. Intl.Segmenter takes time that grows with the square of the
 * length (V8 11.3: 0.7 s for 40,000 units), so a long text goes in by chunks, cut where a segment ends anyway; a text
 * without any such place is cut every 4096 units.
 */
export function* segmentsOf(
  segmenter: Intl.Segmenter,
  text: string,
): Generator<{ readonly segment: string; readonly index: number }> {
  let from = 0;
  for (const to of ends(text)) {
    for (const { segment, index } of segmenter.segment(text.slice(from, to))) yield { segment, index: from + index };
    from = to;
  }
}

function* ends(text: string): Generator<number> {
  let from = 0;
  while (text.length - from > SHORTEST) {
    BREAK.lastIndex = from + SHORTEST;
    const found = BREAK.exec(text)?.index ?? text.length;
    let to = Math.min(found, from + LONGEST, text.length);
    // Never inside a character or before a mark.
    while (to < text.length && to < found && /^[\p{M}\p{Cf}\udc00-\udfff]/u.test(text.slice(to, to + 2))) to++;
    if (to < text.length && (text.codePointAt(to - 1) ?? 0) > 0xffff) to++;
    yield to;
    from = to;
  }
  if (from < text.length) yield text.length;
}
