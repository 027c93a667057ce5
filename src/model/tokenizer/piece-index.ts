/** Number of pieces whose prefixes are looked up at once; a window [from, to) of the sorted pieces. */
interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * Finds the pieces that a text goes on with at some place. Pieces lie sorted, and each further unit of the text narrows
 * the window of those that fit: no trie of objects, which for 250,000 pieces takes hundreds of megabytes.
 */
export class PieceIndex {
  readonly #sorted: readonly string[];
  readonly #ids: Int32Array;
  readonly #first = new Map<number, Window>();

  /** @param pieces with their ids; of equal pieces the last counts */
  constructor(pieces: Iterable<readonly [string, number]>) {
    const ids = new Map(pieces);
    ids.delete('');
    // By UTF-16 units, as charCodeAt compares below.
    this.#sorted = [...ids.keys()].sort();
    this.#ids = Int32Array.from(this.#sorted, (piece) => ids.get(piece)!);
    for (let i = 0; i < this.#sorted.length; ) {
      const unit = this.#sorted[i].charCodeAt(0);
      const from = i;
      while (i < this.#sorted.length && this.#sorted[i].charCodeAt(0) === unit) i++;
      this.#first.set(unit, { from, to: i });
    }
  }

  /** Calls `found(id, end)` for every piece that equals units [at, end) of the text, shortest first. */
  prefixes(text: string, at: number, found: (id: number, end: number) => void): void {
    const window = this.#first.get(text.charCodeAt(at));
    if (window === undefined) return;
    let { from, to } = window;
    for (let depth = 1; ; depth++) {
      // Shorter pieces sort before longer ones: the one that ends here, if any, is the first.
      if (this.#sorted[from].length === depth) {
        found(this.#ids[from], at + depth);
        from++;
      }
      if (from >= to || at + depth >= text.length) return;
      const unit = text.charCodeAt(at + depth);
      from = this.#bound(from, to, depth, unit);
      to = this.#bound(from, to, depth, unit + 1);
      if (from >= to) return;
    }
  }

  /** First of [from, to) whose unit at `depth` is at least `unit`. */
  #bound(from: number, to: number, depth: number, unit: number): number {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sorted[middle].charCodeAt(depth) < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
