import { segmentsOf } from './segments-of.ts';

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
