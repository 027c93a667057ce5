import TinyQueue from 'tinyqueue';

/** Pieces that two neighbours may become. */
export interface MergeTable {
  /** Id of a piece that text may be merged into, undefined for others. */
  id(piece: string): number | undefined;
  score(id: number): number;
  /** Made on the way to longer pieces, never left standing. */
  unused(id: number): boolean;
}

interface Merge {
  readonly score: number;
  readonly left: number;
  readonly right: number;
  readonly length: number;
}

/**
 * Byte-pair merging as sentencepiece has it: of all neighbours whose union is a piece, the pair of the best score is
 * merged first, the leftmost of equals. Pieces marked as unused fall apart again.
 * @param symbols [from, to) of each symbol, and whether it must stay alone (user-defined symbols)
 * @returns units [from, to) of the pieces
 * Source: sentencepiece, bpe_model.cc. Cost: n·log n for n symbols.
 */
export function mergeBytePairs(
  text: string,
  symbols: readonly { readonly from: number; readonly to: number; readonly frozen: boolean }[],
  table: MergeTable,
): { readonly from: number; readonly to: number }[] {
  const from = symbols.map((symbol) => symbol.from);
  const to = symbols.map((symbol) => symbol.to);
  const previous = symbols.map((_, i) => i - 1);
  const next = symbols.map((_, i) => (i + 1 < symbols.length ? i + 1 : -1));
  const heap = new TinyQueue<Merge>([], (a, b) => b.score - a.score || a.left - b.left);
  /** Where an unused piece was put together: it falls apart there. */
  const seams = new Map<string, number>();
  const offer = (left: number, right: number) => {
    if (left < 0 || right < 0 || symbols[left].frozen || symbols[right].frozen) return;
    const piece = text.slice(from[left], to[right]);
    const id = table.id(piece);
    if (id === undefined) return;
    heap.push({ score: table.score(id), left, right, length: piece.length });
    if (table.unused(id)) seams.set(piece, to[left] - from[left]);
  };
  for (let i = 1; i < symbols.length; i++) offer(i - 1, i);
  for (let merge = heap.pop(); merge !== undefined; merge = heap.pop()) {
    const { left, right, length } = merge;
    // One of the two has been merged with another meanwhile.
    if (to[left] === from[left] || to[right] === from[right] || to[right] - from[left] !== length) continue;
    if (next[left] !== right) continue;
    to[left] = to[right];
    next[left] = next[right];
    if (next[right] >= 0) previous[next[right]] = left;
    from[right] = to[right];
    offer(previous[left], left);
    offer(left, next[left]);
  }
  const pieces: { from: number; to: number }[] = [];
  for (let i = symbols.length > 0 ? 0 : -1; i >= 0; i = next[i]) {
    const stack = [{ from: from[i], to: to[i] }];
    for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
      const piece = text.slice(part.from, part.to);
      const id = table.id(piece);
      const seam = id !== undefined && table.unused(id) ? seams.get(piece) : undefined;
      if (seam === undefined) pieces.push(part);
      else stack.push({ from: part.from + seam, to: part.to }, { from: part.from, to: part.from + seam });
    }
  }
  return pieces;
}
