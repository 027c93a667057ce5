import type { PrefixIndex } from './prefix-index.ts';

/** What the least likely character costs beyond the least likely piece (kUnkPenalty). */
const UNKNOWN_PENALTY = 10;

export interface UnigramVocabulary {
  /** Pieces that text may hold, with their ids. */
  readonly pieces: PrefixIndex;
  /** ln p of a piece, by id. */
  readonly score: (id: number) => number;
  /** Least score of a normal piece. */
  readonly leastScore: number;
  /** Sums in 32 bits, as the sentencepiece library keeps them; in 64 as HF's tokenizers does. */
  readonly single: boolean;
}

/** A way to cut a text: units [from, to); id −1 where no piece fits. */
export interface Cut {
  readonly id: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Unigram segmentation: the cut with the largest sum of scores (Viterbi), a character that no piece covers costing more
 * than any piece. Source: Kudo 2018; sentencepiece, unigram_model.cc.
 * Cost: characters × length of the longest piece that fits.
 */
export class Unigram {
  readonly #unknownScore: number;

  constructor(private readonly from: UnigramVocabulary) {
    this.#unknownScore = from.leastScore - UNKNOWN_PENALTY;
  }

  cut(text: string): Cut[] {
    const { score, single } = this.from;
    const best = single ? new Float32Array(text.length + 1) : new Float64Array(text.length + 1);
    const start = new Int32Array(text.length + 1).fill(-1);
    const ids = new Int32Array(text.length + 1);
    for (let at = 0; at < text.length; ) {
      const next = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
      const here = best[at];
      let covered = false;
      const offer = (id: number, end: number, sum: number) => {
        if (start[end] >= 0 && !(sum > best[end])) return;
        best[end] = sum;
        start[end] = at;
        ids[end] = id;
      };
      this.from.pieces.prefixes(text, at, (id, end) => {
        if (end === next) covered = true;
        offer(id, end, here + score(id));
      });
      const unknown = here + this.#unknownScore;
      if (!covered) offer(-1, next, single ? Math.fround(unknown) : unknown);
      at = next;
    }
    const cuts: Cut[] = [];
    for (let to = text.length; to > 0; to = start[to]) cuts.push({ id: ids[to], from: start[to], to });
    return cuts.reverse();
  }
}
