/**
 * A text on its way through the tokenizer that remembers where it came from: UTF-16 unit i of `text` stands for
 * [starts[i], ends[i]) of the user's original text. Units that the tokenizer put in itself have an empty span.
 */
export interface MappedText {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** The original text: unit i stands for itself. A surrogate pair is one character: both halves stand for it. */
export function mapText(text: string): MappedText {
  const starts = new Array<number>(text.length);
  const ends = new Array<number>(text.length);
  for (let i = 0; i < text.length; i++) {
    const size = text.codePointAt(i)! > 0xffff ? 2 : 1;
    for (let j = i; j < i + size; j++) {
      starts[j] = i;
      ends[j] = i + size;
    }
    i += size - 1;
  }
  return { text, starts, ends };
}

/** Part [from, to) of a mapped text. */
export function sliceMapped(mapped: MappedText, from: number, to: number): MappedText {
  return {
    text: mapped.text.slice(from, to),
    starts: mapped.starts.slice(from, to),
    ends: mapped.ends.slice(from, to),
  };
}

/** Span in the original that units [from, to) stand for; empty when all of them were put in by the tokenizer. */
export function spanOf(mapped: MappedText, from: number, to: number): { start: number; end: number } {
  let start = -1;
  let end = -1;
  for (let i = from; i < to; i++) {
    if (mapped.ends[i] <= mapped.starts[i]) continue;
    if (start < 0 || mapped.starts[i] < start) start = mapped.starts[i];
    if (mapped.ends[i] > end) end = mapped.ends[i];
  }
  if (start >= 0) return { start, end };
  const at = from < mapped.starts.length ? mapped.starts[from] : (mapped.ends.at(-1) ?? 0);
  return { start: at, end: at };
}
