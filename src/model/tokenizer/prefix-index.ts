/** A piece as units [from, to) of a text. */
interface Place {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly id: number;
}

/** Pieces of at least two units that begin with the same two, in order. */
interface Sorted {
  readonly pieces: readonly string[];
  readonly ids: readonly number[];
}

/**
 * Finds the pieces that a text goes on with at some place. Pieces lie sorted, and each further unit of the text narrows
 * the window of those that fit: no trie of objects, which for 250,000 pieces takes hundreds of megabytes. Few are ever sorted:
 * those that begin with two units which some text had side by side.
 */
export class PrefixIndex {
  /** Pieces of one unit, by it. */
  readonly #single = new Map<number, number>();
  /** Others by their first two units, as they were added. */
  readonly #added = new Map<number, Place[]>();
  readonly #sorted = new Map<number, Sorted>();

  /** Adds units [from, to) of a text as a piece; of equal pieces the last counts. Before anything is looked up. */
  add(text: string, id: number, from = 0, to = text.length): void {
    if (to - from < 2) {
      if (to > from) this.#single.set(text.charCodeAt(from), id);
      return;
    }
    const key = twoUnits(text, from);
    const places = this.#added.get(key);
    if (places === undefined) this.#added.set(key, [{ text, from, to, id }]);
    else places.push({ text, from, to, id });
  }

  /** Calls `found(id, end)` for every piece that equals units [at, end) of the text, shortest first. */
  prefixes(text: string, at: number, found: (id: number, end: number) => void): void {
    const single = this.#single.get(text.charCodeAt(at));
    if (single !== undefined) found(single, at + 1);
    const sorted = at + 1 < text.length ? this.#startingWith(twoUnits(text, at)) : undefined;
    if (sorted === undefined) return;
    const { pieces, ids } = sorted;
    let [from, to] = [0, pieces.length];
    for (let depth = 2; ; depth++) {
      // Shorter pieces sort before longer ones: the one that ends here, if any, is the first.
      if (pieces[from].length === depth) {
        found(ids[from], at + depth);
        from++;
      }
      if (from >= to || at + depth >= text.length) return;
      const unit = text.charCodeAt(at + depth);
      from = bound(pieces, from, to, depth, unit);
      to = bound(pieces, from, to, depth, unit + 1);
      if (from >= to) return;
    }
  }

  #startingWith(key: number): Sorted | undefined {
    const known = this.#sorted.get(key);
    const added = this.#added.get(key);
    if (known !== undefined || added === undefined) return known;
    const ids = new Map(added.map(({ text, from, to, id }) => [text.slice(from, to), id]));
    // By UTF-16 units, as charCodeAt compares below.
    const pieces = [...ids.keys()].sort();
    const sorted = { pieces, ids: pieces.map((piece) => ids.get(piece)!) };
    this.#sorted.set(key, sorted);
    this.#added.delete(key);
    return sorted;
  }
}

function twoUnits(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | text.charCodeAt(at + 1);
}

/** First of [from, to) whose unit at `depth` is at least `unit`. */
function bound(pieces: readonly string[], from: number, to: number, depth: number, unit: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pieces[middle].charCodeAt(depth) < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}
