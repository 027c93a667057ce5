/** Pieces of at least two units that begin with the same two; sorted once a text comes by. */
interface Bucket {
  pieces: string[];
  ids: number[];
  sorted: boolean;
}

/**
 * Finds the pieces that a text goes on with at some place. Pieces lie sorted, and each further unit of the text narrows
 * the window of those that fit: no trie of objects, which for 250,000 pieces takes hundreds of megabytes.
 */
export class PieceIndex {
  /** Pieces of one unit, by it. */
  readonly #single = new Map<number, number>();
  /** Others by their first two units: a text needs few of them sorted. */
  readonly #longer = new Map<number, Bucket>();

  /** @param pieces with their ids; of equal pieces the last counts */
  constructor(pieces: Iterable<readonly [string, number]>) {
    for (const [piece, id] of pieces) {
      if (piece.length === 0) continue;
      if (piece.length === 1) {
        this.#single.set(piece.charCodeAt(0), id);
        continue;
      }
      const key = twoUnits(piece, 0);
      const bucket = this.#longer.get(key);
      if (bucket === undefined) this.#longer.set(key, { pieces: [piece], ids: [id], sorted: false });
      else {
        bucket.pieces.push(piece);
        bucket.ids.push(id);
      }
    }
  }

  /** Calls `found(id, end)` for every piece that equals units [at, end) of the text, shortest first. */
  prefixes(text: string, at: number, found: (id: number, end: number) => void): void {
    const single = this.#single.get(text.charCodeAt(at));
    if (single !== undefined) found(single, at + 1);
    if (at + 1 >= text.length) return;
    const bucket = this.#longer.get(twoUnits(text, at));
    if (bucket === undefined) return;
    if (!bucket.sorted) sort(bucket);
    const { pieces, ids } = bucket;
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
}

function twoUnits(text: string, at: number): number {
  return text.charCodeAt(at) * 65536 + text.charCodeAt(at + 1);
}

function sort(bucket: Bucket): void {
  const ids = new Map(bucket.pieces.map((piece, i) => [piece, bucket.ids[i]]));
  // By UTF-16 units, as charCodeAt compares below.
  bucket.pieces = [...ids.keys()].sort();
  bucket.ids = bucket.pieces.map((piece) => ids.get(piece)!);
  bucket.sorted = true;
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
