import { type PairFormat, type PairPosition, type ReadState, shiftPosition } from './pair-format.ts';

/** Characters that are read between two looks at the clock. */
const PART = 16_384;
/** Characters behind a part that a reader may look ahead; with less of them in a window it is not begun. */
const AHEAD = 262_144;
/** What ends so near to the end of a window may only have ended because of it. */
const EDGE = 1024;

/** A stretch of a document that is read from. */
export interface ReadWindow {
  readonly text: string;
  /** Offset in the document at which it begins. */
  readonly base: number;
  /** It goes on to the document's end. */
  readonly last: boolean;
}

/**
 * The pairs of one document, read as far as they were asked for, in parts, so that nobody waits for a large file. It
 * knows nothing of time: who asks says, after every part, whether to stop. After an edit what was read before it stays.
 */
export class PairIndex {
  /** By start. */
  private pairs: PairPosition[] = [];
  /** For each pair the farthest end of it and of those before it: records may hold others. */
  private reach: number[] = [];
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
    this.cut(kept < 0 ? 0 : this.firstFrom(to));
    // What began before and reached further is rare, and known by the reach.
    for (let i = this.firstReaching(to + 1); i < this.pairs.length; i++) {
      if (this.pairs[i].end <= to) continue;
      this.pairs.splice(i, 1);
      this.reachFrom(i--);
    }
  }

  /** Where the text has to begin that is read on from. */
  get needs(): number {
    return this.format.needs?.(this.last) ?? this.last.offset;
  }

  /** How far has been read. */
  get offset(): number {
    return this.last.offset;
  }

  /**
   * Reads on until all pairs that begin up to `to` are known, or `stop` says so.
   * @param text the whole document as it is now
   * @returns true when they are known
   */
  read(text: string, to: number, stop: () => boolean): boolean {
    return this.readWindow({ text, base: 0, last: true }, to, stop) === 'known';
  }

  /**
   * The same with a stretch of the document that begins where the index needs it, or further up.
   * @returns 'short' when the window gives no more: one is needed that goes on further, from where the index stands then
   */
  readWindow({ text, base, last: isLast }: ReadWindow, to: number, stop: () => boolean): 'known' | 'stopped' | 'short' {
    const { format } = this;
    const end = base + text.length;
    const shift = (state: ReadState, by: number): ReadState =>
      format.shift?.(state, by) ?? { ...state, offset: state.offset + by };
    while (this.last.offset <= to && !(isLast && this.last.offset >= end)) {
      const { last } = this;
      const until = last.offset + PART;
      if (!isLast && until + AHEAD > end) return 'short';
      const found: PairPosition[] = [];
      const state = shift(
        format.read(text, shift(last, -base), until - base, (pair) => found.push(pair)),
        base,
      );
      if (!isLast && state.offset + EDGE > end) return 'short';
      for (const pair of found) this.add(shiftPosition(pair, base));
      this.states.push(state);
      if (stop() && this.last.offset <= to && !(isLast && this.last.offset >= end)) return 'stopped';
    }
    return 'known';
  }

  /** The pairs read so far that begin in [from, to]. */
  between(from: number, to: number): readonly PairPosition[] {
    return this.pairs.slice(this.firstFrom(from), this.firstFrom(to + 1));
  }

  /** Those of them from the first on that ends at `from` or further down. */
  reaching(from: number, to: number): readonly PairPosition[] {
    return this.pairs.slice(this.firstReaching(from), this.firstFrom(to + 1));
  }

  private get last(): ReadState {
    return this.states[this.states.length - 1];
  }

  /** An object that holds others ends after them but begins before. */
  private add(pair: PairPosition): void {
    if (pair.start >= (this.pairs.at(-1)?.start ?? 0)) {
      this.pairs.push(pair);
      this.reach.push(Math.max(this.reach.at(-1) ?? 0, pair.end));
      return;
    }
    const at = this.firstFrom(pair.start);
    this.pairs.splice(at, 0, pair);
    this.reachFrom(at);
  }

  private cut(count: number): void {
    this.pairs.length = count;
    this.reach.length = count;
  }

  private reachFrom(at: number): void {
    this.reach.length = at;
    for (let i = at; i < this.pairs.length; i++) this.reach.push(Math.max(this.reach[i - 1] ?? 0, this.pairs[i].end));
  }

  /** Index of the first pair whose start is `offset` or greater. */
  private firstFrom(offset: number): number {
    return firstOf(this.pairs.length, (i) => this.pairs[i].start >= offset);
  }

  /** Index of the first pair that ends at `offset` or further down. */
  private firstReaching(offset: number): number {
    return firstOf(this.reach.length, (i) => this.reach[i] >= offset);
  }
}

/** The first index for which something holds that holds for all after it, too. */
function firstOf(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
