import type { AtlasFacts } from '../../protocol/atlas.ts';
import type { Spans } from './spans.ts';

/** What is known of a long matrix, gathered row by row, in any order. */
export class FactsOf {
  readonly #strongest: Int32Array;
  readonly #linked: Int32Array;
  /** Columns of special tokens, ascending: few. */
  readonly #specials: readonly number[];
  #entropy = 0;
  #peak: AtlasFacts['peak'];

  constructor(
    private readonly rows: Spans,
    private readonly cols: Spans,
  ) {
    this.#strongest = new Int32Array(rows.count).fill(-1);
    this.#linked = new Int32Array(rows.count).fill(-1);
    this.#specials = [...cols.special.keys()].filter((c) => cols.special[c] === 1);
  }

  /** @param entropy of the pieces of some rows, added up */
  addEntropy(entropy: number): void {
    this.#entropy += entropy;
  }

  /** @param weights [cols] from `from` on, 0 where masked */
  add(row: number, weights: Float32Array, from: number): void {
    let best = -1;
    let most = 0;
    for (const c of this.#specials) {
      if (weights[from + c] > most) [best, most] = [c, weights[from + c]];
    }
    const text = this.#strongestText(weights, from);
    const ofText = text === -1 ? 0 : weights[from + text];
    // Of equals the first.
    this.#strongest[row] = ofText > most || (ofText === most && text < best) ? text : best;
    if (this.rows.special[row] === 1 || text === -1) return;
    this.#linked[row] = text;
    const peak = this.#peak;
    const first = ofText === peak?.weight && row < peak.row;
    if (peak === undefined || ofText > peak.weight || first) this.#peak = { row, col: text, weight: ofText };
  }

  /** Arrays are fresh. */
  all(): Omit<AtlasFacts, 'id'> {
    const { count, from, to } = this.rows;
    let pieces = 0;
    for (let r = 0; r < count; r++) pieces += to[r] - from[r];
    return {
      entropy: pieces === 0 ? 0 : this.#entropy / pieces,
      peak: this.#peak,
      strongest: this.#strongest.slice(),
      linked: this.#linked.slice(),
    };
  }

  /** The strongest column that is no special token, the first of equals; −1 without weight on any. */
  #strongestText(weights: Float32Array, from: number): number {
    let best = -1;
    let most = 0;
    let next = 0;
    for (const end of [...this.#specials, this.cols.count]) {
      for (let c = next; c < end; c++) {
        if (weights[from + c] > most) {
          most = weights[from + c];
          best = c;
        }
      }
      next = end + 1;
    }
    return best;
  }
}
