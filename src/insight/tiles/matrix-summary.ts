import type { BlocksOfRows } from '../../attention/head-rows.ts';
import type { TiledSummary } from '../../contract/tiles.ts';
import type { Spans } from './row-request.ts';

/** What is known of a long matrix, gathered row by row, in any order. */
export class MatrixSummary {
  readonly #strongest: Int32Array;
  readonly #linked: Int32Array;
  /** Columns of special tokens, ascending: few. */
  readonly #specials: readonly number[];
  #entropy = 0;
  #peak: TiledSummary['peak'];

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

  /**
   * @param weights [cols] from `from` on, 0 where masked
   * @param blocks their largest by blocks, where those are known: then few cells have to be looked at
   */
  add(
    row: number,
    weights: Float32Array,
    from: number,
    blocks?: { readonly of: BlocksOfRows; readonly i: number },
  ): void {
    let best = -1;
    let most = 0;
    for (const c of this.#specials) {
      if (weights[from + c] > most) [best, most] = [c, weights[from + c]];
    }
    const text = this.#strongestText(weights, from, blocks);
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
  all(): Omit<TiledSummary, 'id'> {
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
  #strongestText(
    weights: Float32Array,
    from: number,
    blocks: { readonly of: BlocksOfRows; readonly i: number } | undefined,
  ): number {
    const { count, special } = this.cols;
    let best = -1;
    let most = 0;
    const look = (first: number, last: number) => {
      for (let c = first; c < last; c++) {
        if (weights[from + c] > most && special[c] === 0) {
          most = weights[from + c];
          best = c;
        }
      }
    };
    if (blocks === undefined) look(0, count);
    else {
      const { size, most: largest, limits } = blocks.of;
      const across = Math.ceil(count / size);
      const seen = Math.ceil((limits === undefined ? count : limits[blocks.i]) / size);
      const at = blocks.i * across;
      // A block is looked into only where it has more than was found: a few times a row.
      for (let b = 0; b < seen; b++) if (largest[at + b] > most) look(b * size, Math.min(count, (b + 1) * size));
    }
    return best;
  }
}
