import type { PairFormat, PairPlace, ReadState } from './pair-format.ts';

/** Characters that are read between two looks at the clock. */
const PART = 16_384;

/**
 * The pairs of one document, read as far as they were asked for, in parts, so that nobody waits for a large file. It
 * knows nothing of time: who asks says, after every part, whether to stop. After an edit what was read before it stays.
 */
export class PairIndex {
  /** By start. */
  private pairs: PairPlace[] = [];
  /** States between parts, by offset; one may read on from each. */
  private states: ReadState[];

  /** @param begin where to begin to read, for formats that can be read from their middle */
  constructor(
    private readonly format: PairFormat,
    begin: ReadState = format.begin,
  ) {
    this.states = [begin];
  }

  /** The document has changed: what was read from `offset` on is forgotten. */
  edited(offset: number): void {
    const kept = this.states.findLastIndex((state) => state.offset < offset);
    this.states = kept < 0 ? [this.format.begin] : this.states.slice(0, kept + 1);
    const to = this.last.offset;
    this.pairs = kept < 0 ? [] : this.pairs.filter(({ end }) => end <= to);
  }

  /**
   * Reads on until all pairs that begin up to `to` are known, or `stop` says so.
   * @param text the whole document as it is now
   * @returns true when they are known
   */
  read(text: string, to: number, stop: () => boolean): boolean {
    while (this.last.offset <= to && this.last.offset < text.length) {
      this.states.push(this.format.read(text, this.last, this.last.offset + PART, (pair) => this.add(pair)));
      if (stop()) return this.last.offset > to || this.last.offset >= text.length;
    }
    return true;
  }

  /** The pairs read so far that begin in [from, to]. */
  between(from: number, to: number): readonly PairPlace[] {
    return this.pairs.slice(this.firstFrom(from), this.firstFrom(to + 1));
  }

  private get last(): ReadState {
    return this.states[this.states.length - 1];
  }

  /** An object that holds others ends after them but begins before. */
  private add(pair: PairPlace): void {
    if (pair.start >= (this.pairs.at(-1)?.start ?? 0)) this.pairs.push(pair);
    else this.pairs.splice(this.firstFrom(pair.start), 0, pair);
  }

  private firstFrom(offset: number): number {
    let low = 0;
    let high = this.pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.pairs[middle].start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
