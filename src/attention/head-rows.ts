import { readMatrix } from '../tensor/deferred-matrix.ts';
import { kernels } from '../tensor/kernels.ts';
import { linear } from '../tensor/linear.ts';
import { columns, type Matrix, matrix, rows } from '../tensor/matrix.ts';
import { matmulTransposed } from '../tensor/matrix-product.ts';
import { addMultiplications } from '../tensor/operation-count.ts';
import { softmax } from '../tensor/softmax.ts';
import type { AttentionRecord } from './attention-record.ts';
import { maskRow, type VisibleKeys, visibleKeysOf } from './mask.ts';

/** Added to a score: e to it is 0, and 0 times it is 0. */
const NOTHING = -1e30;

/** Match of some queries of one head, with some of the keys. */
export interface MatchedRows {
  /** q·k, [queries, keys]; only where they were asked for. */
  readonly scores: Matrix | undefined;
  /** [queries, keys], 0 where masked. May be the kernels' own memory: to be read before anything else is computed. */
  readonly weights: Matrix;
  /** What blocks of whole rows hold, where the kernels say so. */
  readonly blocks?: BlocksOfRows;
}

/** Weights of rows in blocks of `size` columns; of those alone that have keys which the query sees. */
export interface BlocksOfRows {
  readonly size: number;
  /** [queries, ⌈S/size⌉] */
  readonly most: Float32Array;
  readonly sums: Float32Array;
  /** The least weight of each row among the keys that it sees, [queries]. */
  readonly least: Float32Array;
  /** How many of the first keys each query sees, [queries]. */
  readonly limits: Int32Array | undefined;
}

/**
 * One head of a layer, row by row: match for any queries in any order, without the T × S of all of them. What a row's
 * softmax is divided by is kept, so that any part of a row can be computed alone later. Holds the head's queries and keys,
 * O((T + S)·dₖ).
 */
export class HeadRows {
  /** Which keys each query may look at; undefined where it may look at all. */
  readonly seen: VisibleKeys | undefined;
  /** The head's own; undefined where few will be asked for. */
  readonly #queries: Matrix | undefined;
  readonly #keys: Matrix;
  readonly #width: number;
  /** ln Σ eˢ of each row; NaN while it was not computed. */
  readonly #logSums: Float64Array;
  readonly #entropies: Float64Array;

  /** @param kept whether many stripes will be asked for: the kernels then keep their own form of the keys */
  constructor(
    readonly record: AttentionRecord,
    readonly head: number,
    private readonly kept = true,
  ) {
    const { q, k, heads } = record;
    this.#width = k.cols / heads;
    this.#queries = kept ? columns(readMatrix(q), head * this.#width, (head + 1) * this.#width) : undefined;
    this.#keys = columns(readMatrix(k), head * this.#width, (head + 1) * this.#width);
    this.seen = visibleKeysOf(q.rows, k.rows, { ...record, hidden: record.change?.hidden });
    this.#logSums = new Float64Array(q.rows).fill(Number.NaN);
    this.#entropies = new Float64Array(q.rows);
  }

  /** Whole rows: [queries, S]. @param block columns of the blocks that are wanted as well, a multiple of 4; 0 for none */
  whole(queries: ArrayLike<number>, { withScores = false, block = 0 } = {}): MatchedRows {
    const fast = this.kept ? this.#weighed(queries, block, withScores) : undefined;
    if (fast !== undefined) return fast;
    const { scores, scaled } = this.#scaled(queries, 0, this.#keys.rows, withScores);
    const weights = softmax(scaled);
    for (let i = 0; i < queries.length; i++) this.#keepSum(queries[i], i, scaled, weights);
    this.#force(queries, weights, 0);
    return { scores, weights };
  }

  /** Keys [from, to) of rows that were computed as a whole before: [queries, to − from]. */
  part(queries: ArrayLike<number>, from: number, to: number, withScores = false): MatchedRows {
    const { scores, scaled: weights } = this.#scaled(queries, from, to, withScores);
    const { data, cols } = weights;
    for (let i = 0; i < queries.length; i++) {
      const logSum = this.#logSums[queries[i]];
      // Where everything is masked, nothing has weight.
      const shift = logSum === Number.NEGATIVE_INFINITY ? 0 : logSum;
      for (let at = i * cols; at < (i + 1) * cols; at++) data[at] = Math.exp(data[at] - shift);
    }
    this.#force(queries, weights, from);
    return { scores, weights };
  }

  /** Entropy of a row that was computed, in nats, as the softmax left it (not as forced). */
  entropy(query: number): number {
    return this.#entropies[query];
  }

  /** By the kernels; undefined where there are none, or masks that differ from query to query in more than their end. */
  #weighed(queries: ArrayLike<number>, block: number, withScores: boolean): MatchedRows | undefined {
    const { causal, padding, change, bias } = this.record;
    if (kernels() === undefined || queries.length === 0) return undefined;
    const limits = causal ? Int32Array.from(queries, (t) => this.seen!.limit(t)) : undefined;
    const closed = this.seen?.closed(queries[0]);
    if (closed && bias) return undefined;
    for (let i = 0; i < queries.length; i++) if (this.seen?.closed(queries[i]) !== closed) return undefined;
    const windows = closed ? this.#without(closed, queries.length) : this.#windows(queries);
    block = closed || padding || change?.hidden ? 0 : block;
    const q = this.#asked(queries, 1 / this.record.divisor);
    // Twice the product is less than what is left to do without the kernels.
    const scores = withScores ? linear(this.#asked(queries, 1), { weight: this.#keys, bias: undefined }) : undefined;
    const done = kernels()?.weigh({ q, keys: this.#keys, limits, bias: windows, block });
    if (done === undefined) return undefined;
    addMultiplications(q.rows * q.cols * this.#keys.rows);
    const least = new Float32Array(queries.length);
    for (let i = 0; i < queries.length; i++) {
      const [largest, sum, mean, smallest] = done.stats.subarray(4 * i, 4 * i + 4);
      // Nothing is left of a row whose keys are all closed.
      const none = largest < NOTHING / 2;
      if (none) done.weights.data.fill(0, i * done.weights.cols, (i + 1) * done.weights.cols);
      const logSum = none ? Number.NEGATIVE_INFINITY : largest + Math.log(sum);
      this.#logSums[queries[i]] = logSum;
      this.#entropies[queries[i]] = none ? 0 : Math.max(0, Math.log(sum) - mean / sum);
      least[i] = Math.exp(smallest - logSum);
    }
    const forced = this.#force(queries, done.weights, 0);
    const blocks = { size: block, most: done.most, sums: done.sums, least, limits };
    return { scores, weights: done.weights, ...(block > 0 && !forced ? { blocks } : {}) };
  }

  /** The bias of some queries, as parts of one vector. */
  #windows(queries: ArrayLike<number>) {
    const { bias } = this.record;
    if (bias === undefined) return undefined;
    const { values, targets } = bias;
    return {
      values: values.data.subarray(this.head * values.cols, (this.head + 1) * values.cols),
      from: Int32Array.from(queries, (t) => targets - 1 - t),
    };
  }

  /** Closed keys as a bias that leaves nothing of them, the same for every query. */
  #without(closed: Uint8Array, count: number) {
    return { values: Float32Array.from(closed, (one) => (one === 1 ? NOTHING : 0)), from: new Int32Array(count) };
  }

  #scaled(queries: ArrayLike<number>, from: number, to: number, withScores: boolean) {
    const { divisor, bias } = this.record;
    const asked = this.#asked(queries, withScores ? 1 : 1 / divisor);
    const all = from === 0 && to === this.#keys.rows;
    // Kernels keep what they made of a weight as long as its array lives: all keys, for all stripes.
    const product =
      all && this.kept
        ? linear(asked, { weight: this.#keys, bias: undefined })
        : matmulTransposed(asked, rows(this.#keys, from, to));
    const scaled = withScores
      ? matrix(
          product.rows,
          product.cols,
          product.data.map((x) => x / divisor),
        )
      : product;
    for (let i = 0; i < queries.length; i++) {
      const row = scaled.data.subarray(i * scaled.cols, (i + 1) * scaled.cols);
      if (bias !== undefined) {
        const added = bias.row(this.head, queries[i]);
        for (let j = 0; j < row.length; j++) row[j] += added[from + j];
      }
      if (this.seen !== undefined) maskRow(this.seen, queries[i], row, from);
    }
    return { scores: withScores ? product : undefined, scaled };
  }

  /** Some queries times a number, [queries, dₖ]. */
  #asked(queries: ArrayLike<number>, scale: number): Matrix {
    const { data, cols } = this.#queries ?? readMatrix(this.record.q);
    const first = this.#queries === undefined ? this.head * this.#width : 0;
    const asked = matrix(queries.length, this.#width);
    for (let i = 0; i < queries.length; i++) {
      const at = queries[i] * cols + first;
      for (let j = 0; j < this.#width; j++) asked.data[i * this.#width + j] = data[at + j] * scale;
    }
    return asked;
  }

  /** From the strongest key: its weight is e^(s − ln Σ), and never small enough to lose digits. */
  #keepSum(query: number, i: number, scaled: Matrix, weights: Matrix): void {
    const { cols } = weights;
    let strongest = i * cols;
    let mean = 0;
    for (let at = i * cols; at < (i + 1) * cols; at++) {
      const weight = weights.data[at];
      if (weight > 0) mean += weight * scaled.data[at];
      if (weight > weights.data[strongest]) strongest = at;
    }
    const weight = weights.data[strongest];
    const logSum = weight > 0 ? scaled.data[strongest] - Math.log(weight) : Number.NEGATIVE_INFINITY;
    this.#logSums[query] = logSum;
    // ln w = s − ln Σ, so −Σ w·ln w = ln Σ − Σ w·s.
    this.#entropies[query] = weight > 0 ? Math.max(0, logSum - mean) : 0;
  }

  /** @returns whether one of the rows is forced */
  #force(queries: ArrayLike<number>, weights: Matrix, from: number): boolean {
    const forced = this.record.change?.forced;
    if (!forced?.heads.includes(this.head)) return false;
    const { query } = forced;
    const limit = this.seen?.limit(query) ?? this.#keys.rows;
    const closed = this.seen?.closed(query);
    const keys = forced.keys.filter((s) => s < limit && closed?.[s] !== 1);
    if (keys.length === 0) return false;
    let found = false;
    for (let i = 0; i < queries.length; i++) {
      if (queries[i] !== query) continue;
      found = true;
      const row = weights.data.subarray(i * weights.cols, (i + 1) * weights.cols).fill(0);
      for (const s of keys) if (s >= from && s - from < row.length) row[s - from] = 1 / keys.length;
    }
    return found;
  }
}
