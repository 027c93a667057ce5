import { HeadRows } from '../../attention/head-rows.ts';
import type { SeenKeys } from '../../attention/mask.ts';
import type { AttentionRecord } from '../../model/attention-record.ts';
import type { MatrixOf } from '../../protocol/exploration-view.ts';
import { rowEntropy } from '../row-entropy.ts';
import { type Brought, broughtBy } from './brought.ts';
import type { Spans } from './spans.ts';

/** What is displayed of the heads that a state selects. */
export interface LongLook {
  /** At least one, all of one kind. */
  readonly heads: readonly { readonly record: AttentionRecord; readonly head: number }[];
  readonly rows: Spans;
  readonly cols: Spans;
  readonly of: MatrixOf;
}

/** Some rows and columns as they are displayed, row-major. */
export interface Lines {
  /** What is looked at, NaN where masked. */
  readonly values: Float32Array;
  /** 0 where masked; the same array where they are what is looked at and nothing is masked. */
  readonly weights: Float32Array;
}

/**
 * The matrix that `shownMatrices` gives of a short pair, of a long one in stripes: any of its rows, or any part of rows that
 * were computed before.
 */
export class LongMatrix {
  readonly rows: Spans;
  readonly cols: Spans;
  /** Whether some cells are masked. */
  readonly holes: boolean;
  readonly #heads: readonly HeadRows[];
  readonly #of: MatrixOf;
  readonly #seen: SeenKeys | undefined;
  readonly #brought: Brought[] = [];
  /** What is left of each row's weights where columns were left out. */
  readonly #shares: Float64Array | undefined;

  constructor({ heads, rows, cols, of }: LongLook) {
    this.rows = rows;
    this.cols = cols;
    this.#of = of;
    this.#heads = heads.map(({ record, head }) => new HeadRows(record, head));
    this.#seen = this.#heads[0].seen;
    this.holes = this.#seen !== undefined;
    const { q, k } = heads[0].record;
    let pieces = 0;
    for (let c = 0; c < cols.count; c++) pieces += cols.to[c] - cols.from[c];
    this.#shares = cols.count > 0 && pieces < k.rows ? new Float64Array(rows.count) : undefined;
    this.pieces = { rows: q.rows, cols: k.rows };
  }

  /** T and S. */
  readonly pieces: { readonly rows: number; readonly cols: number };

  get headCount(): number {
    return this.#heads.length;
  }

  /**
   * Whole rows.
   * @returns [rows, cols], and the entropies of the pieces of each row (mean over the heads, before columns are left out),
   *   added up
   */
  stripe(rows: ArrayLike<number>): Lines & { readonly entropy: number } {
    const asked = this.#piecesOf(rows);
    const { lines, pieceWeights } = this.#lines(rows, asked, 0, this.cols.count, 'whole');
    let entropy = 0;
    for (let i = 0; i < asked.queries.length; i++) {
      const width = this.pieces.cols;
      entropy += this.#ownEntropy(asked.queries[i]) ?? rowEntropy(pieceWeights.subarray(i * width, (i + 1) * width));
    }
    return { ...lines, entropy };
  }

  /** Columns [from, to) of rows that were computed as a whole before. */
  part(rows: ArrayLike<number>, from: number, to: number): Lines {
    return this.#lines(rows, this.#piecesOf(rows), from, to, 'part').lines;
  }

  /** The queries of some rows, and where those of each row begin. */
  #piecesOf(rows: ArrayLike<number>) {
    const starts = new Int32Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) {
      starts[i + 1] = starts[i] + this.rows.to[rows[i]] - this.rows.from[rows[i]];
    }
    const queries = new Int32Array(starts[rows.length]);
    for (let i = 0; i < rows.length; i++) {
      for (let p = starts[i]; p < starts[i + 1]; p++) queries[p] = this.rows.from[rows[i]] + p - starts[i];
    }
    return { queries, starts };
  }

  /** What the head knows already; undefined where heads are averaged or rows are forced. */
  #ownEntropy(query: number): number | undefined {
    const [only, another] = this.#heads;
    const forced = only.record.change?.forced;
    return another === undefined && forced?.query !== query ? only.entropy(query) : undefined;
  }

  #lines(
    rows: ArrayLike<number>,
    { queries, starts }: { readonly queries: Int32Array; readonly starts: Int32Array },
    from: number,
    to: number,
    how: 'whole' | 'part',
  ): { readonly lines: Lines; readonly pieceWeights: Float32Array } {
    const { cols } = this;
    const whole = how === 'whole';
    const first = whole ? 0 : cols.from[from];
    const width = (whole ? this.pieces.cols : cols.to[to - 1]) - first;
    const scored = this.#of === 'score';
    const brings = this.#of === 'contribution' || this.#of === 'value';
    const brought = brings ? new Float32Array(rows.length * (to - from)) : undefined;
    let weights: Float32Array | undefined;
    let scores: Float32Array | undefined;
    for (const [i, head] of this.#heads.entries()) {
      const found = whole ? head.whole(queries, scored) : head.part(queries, first, first + width, scored);
      if (brought) this.#bring(brought, i, found.weights.data, starts, from, to, first, width);
      weights = this.#mean(weights, found.weights.data);
      if (found.scores) scores = this.#mean(scores, found.scores.data);
    }
    const pieceWeights = weights!;
    const plain = cols.plain && starts.length === queries.length + 1;
    const shown = plain ? pieceWeights : this.#grouped(pieceWeights, starts, from, to, first, width);
    if (this.#shares) this.#renormalize(shown, rows, to - from, how);
    const values = this.#valuesOf({ shown, scores, brought, queries, starts, from, to, first, width });
    return { lines: { values, weights: shown }, pieceWeights };
  }

  /** Adds a head to the mean of all. */
  #mean(sum: Float32Array | undefined, part: Float32Array): Float32Array {
    const count = this.#heads.length;
    if (count === 1) return part;
    const mean = sum ?? new Float32Array(part.length);
    for (let i = 0; i < part.length; i++) mean[i] += part[i] / count;
    return mean;
  }

  /** Pieces become rows (their mean) and columns (their sum). */
  #grouped(
    pieces: Float32Array,
    starts: Int32Array,
    from: number,
    to: number,
    first: number,
    width: number,
  ): Float32Array {
    const { cols } = this;
    const count = to - from;
    const out = new Float32Array((starts.length - 1) * count);
    for (let i = 0; i < starts.length - 1; i++) {
      const share = 1 / (starts[i + 1] - starts[i]);
      for (let p = starts[i]; p < starts[i + 1]; p++) {
        const base = p * width - first;
        for (let c = 0; c < count; c++) {
          let sum = 0;
          const end = base + cols.to[from + c];
          for (let at = base + cols.from[from + c]; at < end; at++) sum += pieces[at];
          out[i * count + c] += sum * share;
        }
      }
    }
    return out;
  }

  /** Each row by what the columns that are left have of it. */
  #renormalize(lines: Float32Array, rows: ArrayLike<number>, count: number, how: 'whole' | 'part'): void {
    for (let i = 0; i < rows.length; i++) {
      const line = lines.subarray(i * count, (i + 1) * count);
      if (how === 'whole') {
        let sum = 0;
        for (const weight of line) sum += weight;
        this.#shares![rows[i]] = sum;
      }
      const share = this.#shares![rows[i]];
      if (share > 0) for (let c = 0; c < count; c++) line[c] /= share;
    }
  }

  #bring(
    out: Float32Array,
    head: number,
    weights: Float32Array,
    starts: Int32Array,
    from: number,
    to: number,
    first: number,
    width: number,
  ): void {
    const one = this.#heads[head];
    const brought = (this.#brought[head] ??= broughtBy(one.record, one.head, this.#of === 'value', this.cols));
    const count = to - from;
    for (let i = 0; i < starts.length - 1; i++) {
      const share = 1 / ((starts[i + 1] - starts[i]) * this.#heads.length);
      for (let p = starts[i]; p < starts[i + 1]; p++) {
        for (let c = 0; c < count; c++) {
          const at = p * width + this.cols.from[from + c] - first;
          out[i * count + c] += brought.norm(from + c, weights, at) * share;
        }
      }
    }
  }

  #valuesOf(given: {
    readonly shown: Float32Array;
    readonly scores: Float32Array | undefined;
    readonly brought: Float32Array | undefined;
    readonly queries: Int32Array;
    readonly starts: Int32Array;
    readonly from: number;
    readonly to: number;
    readonly first: number;
    readonly width: number;
  }): Float32Array {
    const { shown, scores, brought, queries, starts, from, to, first, width } = given;
    const seen = this.#seen;
    const count = to - from;
    if (scores === undefined && seen === undefined) return brought ?? shown;
    const values = brought ?? (scores === undefined ? shown.slice() : new Float32Array(shown.length));
    for (let i = 0; i < starts.length - 1; i++) {
      for (let c = 0; c < count; c++) {
        const [s0, s1] = [this.cols.from[from + c], this.cols.to[from + c]];
        let open = 0;
        let sum = 0;
        for (let p = starts[i]; p < starts[i + 1]; p++) {
          const limit = seen?.limit(queries[p]) ?? s1;
          const closed = seen?.closed(queries[p]);
          for (let s = s0; s < Math.min(s1, limit); s++) {
            if (closed?.[s] === 1) continue;
            open++;
            if (scores !== undefined) sum += scores[p * width + s - first];
          }
        }
        if (open === 0) values[i * count + c] = Number.NaN;
        else if (scores !== undefined) values[i * count + c] = sum / open;
      }
    }
    return values;
  }
}
