import type { Writing } from '../../pair/data/written-text.ts';

/** One change of a document, as offsets of the document as it was before it. */
export interface TextChange {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/**
 * A text taken from a document that keeps knowing where each of its characters stands, through edits before, after
 * and inside it. In a data file a character may be written with several (`\u2019`, `&amp;`), and something else may stand
 * between two of them. Knows nothing of VS Code: offsets are UTF-16 units, as in TextDocument.offsetAt.
 */
export class AnchoredText {
  /** Document offsets at which each character starts and ends; two lists, since an insertion parts neighbours. */
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  /** Text offsets of the characters before which something stands that is not of the text: quotes, line ends, tags. */
  private readonly gaps: readonly number[];
  private changed = false;

  /**
   * @param text the text as it was when it was taken; not empty
   * @param start document offset of its first character
   * @param writing how it is written there, where that is not just the text itself
   */
  constructor(
    readonly text: string,
    start: number,
    readonly writing?: Writing,
  ) {
    this.starts = new Int32Array(text.length);
    this.ends = new Int32Array(text.length);
    this.layOut(start);
    this.gaps = Array.from(this.starts.keys()).filter((i) => i > 0 && this.starts[i] > this.ends[i - 1]);
  }

  get start(): number {
    return this.starts[0];
  }

  get end(): number {
    return this.ends[this.text.length - 1];
  }

  /** What stood in the document from `start` to `end` when the text was taken. */
  get written(): string {
    return this.writing?.written ?? this.text;
  }

  /** True when the document no longer holds the text as it was. */
  get stale(): boolean {
    return this.changed;
  }

  /** Document offsets of text[start, end), wherever edits have moved them. */
  locate(start: number, end: number): { readonly start: number; readonly end: number } {
    if (start >= this.text.length) return { start: this.end, end: this.end };
    return { start: this.starts[start], end: end > start ? this.ends[end - 1] : this.starts[start] };
  }

  /** The same in parts, without what stands between them that is not of the text. */
  locateParts(start: number, end: number): { readonly start: number; readonly end: number }[] {
    const cuts = this.gaps.filter((gap) => gap > start && gap < end);
    return [start, ...cuts].map((from, i) => this.locate(from, cuts[i] ?? end));
  }

  /** Text offset of the character at or before a document offset, or undefined when that lies outside. */
  offsetOf(documentOffset: number): number | undefined {
    if (documentOffset < this.start || documentOffset > this.end) return undefined;
    let low = 0;
    let high = this.text.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const at = middle === this.text.length ? this.end : this.starts[middle];
      if (at <= documentOffset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * Follows the edits of one change event.
   * @param changes offsets all of the document before the event
   * @param current the document's text after it, to see whether the text is there again (undo)
   */
  follow(changes: readonly TextChange[], current: Pick<string, 'startsWith'>): void {
    // Most edits are elsewhere: what was there is still there, and the document need not be asked.
    const elsewhere = changes.every(({ offset, length }) => offset + length < this.start || offset > this.end);
    // From the end to the start, so that the offsets of changes still to come stay true.
    for (const change of [...changes].sort((a, b) => b.offset - a.offset)) this.shift(change);
    if (elsewhere && !this.changed && changes.length > 0) return;
    const start = this.start;
    const { written } = this;
    const intact = current.startsWith(written, start) && (this.changed || this.end - start === written.length);
    this.changed = !intact;
    if (intact) this.layOut(start);
  }

  /** Puts each character where it stands when the text begins at `start` and is as it was taken. */
  private layOut(start: number): void {
    const { map } = this.writing ?? { map: [this.text.length, 0, this.text.length] };
    let unit = 0;
    for (let i = 0; i < map.length; i += 3) {
      const [units, offset, length] = map.slice(i, i + 3);
      for (let j = 0; j < units; j++, unit++) {
        // As long as it is written: unit by unit. Otherwise each unit stands for the whole escape.
        this.starts[unit] = start + offset + (units === length ? j : 0);
        this.ends[unit] = units === length ? this.starts[unit] + 1 : start + offset + length;
      }
    }
  }

  private shift(change: TextChange): void {
    const from = change.offset;
    const to = from + change.length;
    const delta = change.text.length - change.length;
    // An insertion before a character pushes it on, one after it leaves it; a deletion closes over what it took.
    for (let i = 0; i < this.starts.length; i++) {
      const start = this.starts[i];
      if (start >= to) this.starts[i] = start + delta;
      else if (start > from) this.starts[i] = from;
      const end = this.ends[i];
      if (end > to || (end === to && change.length > 0)) this.ends[i] = end + delta;
      else if (end > from) this.ends[i] = from;
      // A character that was deleted holds nothing, whatever is typed where it stood.
      if (this.starts[i] > this.ends[i]) this.starts[i] = this.ends[i];
    }
  }
}
