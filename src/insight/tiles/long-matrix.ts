import type { AttentionRecord } from '../../attention/attention-record.ts';
import { type BlocksOfRows, HeadRows } from '../../attention/head-rows.ts';
import type { VisibleKeys } from '../../attention/mask.ts';
import type { MatrixOf } from '../../contract/choices.ts';
import { rowEntropy } from '../head-measures.ts';
import { type ContributionNorms, contributionNorms } from './contribution-norms.ts';
import { type RowRequest, rowRequest, type Spans } from './row-request.ts';
import { addContributionNorms, mergeScores, mergeWeights, punch } from './word-merging.ts';

/** What is displayed of the heads that a state selects. */
export interface LongMatrixOptions {
  /** At least one, all of one kind. */
  readonly heads: readonly { readonly record: AttentionRecord; readonly head: number }[];
  readonly rows: Spans;
  readonly cols: Spans;
  readonly of: MatrixOf;
  /** Whether many stripes will be asked for; true where left out. */
  readonly kept?: boolean;
}

/**
 * Some rows and columns as they are displayed, row-major. May be the kernels' own memory: to be read before anything else is
 * computed.
 */
export interface LongLines {
  /** What is looked at, NaN where masked. */
  readonly values: Float32Array;
  /** 0 where masked. */
  readonly weights: Float32Array;
}

/** Whole rows: their values, or where the kernels gave them the blocks of these, which are weights then. */
export interface RowBlock {
  readonly weights: Float32Array;
  readonly shown: { readonly values: Float32Array } | { readonly blocks: BlocksOfRows };
  /** Entropies of the pieces of each row (of the mean over the heads, before columns are left out), added up. */
  readonly entropy: number;
}

/**
 * The matrix that `viewMatrices` gives of a short pair, of a long one in stripes: any of its rows, or any part of rows that
 * were computed before.
 */
export class LongMatrix {
  /** Whether some cells are masked. */
  readonly holes: boolean;
  /** T and S. */
  readonly pieces: { readonly rows: number; readonly cols: number };
  readonly #heads: readonly HeadRows[];
  readonly #seen: VisibleKeys | undefined;
  readonly #brought: readonly ContributionNorms[];
  /** What is left of each row's weights where columns were left out. */
  readonly #shares: Float64Array | undefined;

  constructor(private readonly look: LongMatrixOptions) {
    const { heads, rows, cols, of, kept } = look;
    this.#heads = heads.map(({ record, head }) => new HeadRows(record, head, kept));
    this.#seen = this.#heads[0].seen;
    this.holes = this.#seen !== undefined;
    const brings = of === 'contribution' || of === 'value';
    this.#brought = brings
      ? heads.map(({ record, head }) => contributionNorms(record, head, of === 'value', cols))
      : [];
    const { q, k } = heads[0].record;
    this.pieces = { rows: q.rows, cols: k.rows };
    let left = 0;
    for (let c = 0; c < cols.count; c++) left += cols.to[c] - cols.from[c];
    this.#shares = cols.count > 0 && left < k.rows ? new Float64Array(rows.count) : undefined;
  }

  get headCount(): number {
    return this.#heads.length;
  }

  /** Whole rows. @param block columns of the blocks that are wanted where the kernels have them, a multiple of 4, or 0 */
  stripe(rows: ArrayLike<number>, block = 0): RowBlock {
    const { cols, of } = this.look;
    const all = rowRequest(rows, this.look, 0, cols.count, this.pieces.cols);
    if (of === 'weight' && all.plain && this.#heads.length === 1 && !this.#shares && block > 0) {
      const { weights, blocks } = this.#heads[0].whole(all.queries, { block });
      const entropy = this.#entropy(all, weights.data);
      const shown = blocks ? { blocks } : { values: this.#values(all, weights.data, undefined, undefined) };
      return { weights: weights.data, shown, entropy };
    }
    const { values, weights, pieceWeights } = this.#lines(all, 'whole');
    return { weights, shown: { values }, entropy: this.#entropy(all, pieceWeights) };
  }

  /** Columns [from, to) of rows that were computed as a whole before. */
  part(rows: ArrayLike<number>, from: number, to: number): LongLines {
    return this.#lines(rowRequest(rows, this.look, from, to, undefined), 'part');
  }

  #lines(all: RowRequest, how: 'whole' | 'part'): LongLines & { readonly pieceWeights: Float32Array } {
    const { queries, first, width } = all;
    const withScores = this.look.of === 'score';
    const cells = all.rows.length * (all.to - all.from);
    const brought = this.#brought.length > 0 ? new Float32Array(cells) : undefined;
    let pieceWeights: Float32Array | undefined;
    let scores: Float32Array | undefined;
    for (const [i, head] of this.#heads.entries()) {
      const found =
        how === 'whole' ? head.whole(queries, { withScores }) : head.part(queries, first, first + width, withScores);
      if (brought) addContributionNorms(brought, this.#brought[i], found.weights.data, all, this.#heads.length);
      pieceWeights = this.#mean(pieceWeights, found.weights.data);
      if (found.scores) scores = this.#mean(scores, found.scores.data);
    }
    const weights = all.plain ? pieceWeights! : mergeWeights(pieceWeights!, all);
    if (this.#shares) this.#renormalize(weights, all, how);
    return { values: this.#values(all, weights, scores, brought), weights, pieceWeights: pieceWeights! };
  }

  /** Adds a head to the mean of all. */
  #mean(sum: Float32Array | undefined, part: Float32Array): Float32Array {
    const count = this.#heads.length;
    if (count === 1) return part;
    const mean = sum ?? new Float32Array(part.length);
    const share = 1 / count;
    for (let i = 0; i < part.length; i++) mean[i] += part[i] * share;
    return mean;
  }

  /** Divides each row by what the columns that are left have of it, in place. */
  #renormalize(lines: Float32Array, { rows, from, to }: RowRequest, how: 'whole' | 'part'): void {
    const shares = this.#shares!;
    const count = to - from;
    for (let i = 0; i < rows.length; i++) {
      const line = lines.subarray(i * count, (i + 1) * count);
      if (how === 'whole') shares[rows[i]] = line.reduce((sum, weight) => sum + weight, 0);
      const share = shares[rows[i]];
      if (share > 0) for (let c = 0; c < count; c++) line[c] /= share;
    }
  }

  #values(
    all: RowRequest,
    weights: Float32Array,
    scores: Float32Array | undefined,
    brought: Float32Array | undefined,
  ): Float32Array {
    if (scores !== undefined) return mergeScores(scores, all, this.#seen);
    if (this.#seen === undefined) return brought ?? weights;
    const values = brought ?? weights.slice();
    punch(values, all, this.#seen);
    return values;
  }

  /** What the head knows already, or out of the weights where heads are averaged or rows are forced. */
  #entropy({ queries, width }: RowRequest, pieceWeights: Float32Array): number {
    const [only] = this.#heads;
    const forced = only.record.change?.forced;
    let sum = 0;
    for (let i = 0; i < queries.length; i++) {
      const known = this.#heads.length === 1 && forced?.query !== queries[i];
      sum += known ? only.entropy(queries[i]) : rowEntropy(pieceWeights.subarray(i * width, (i + 1) * width));
    }
    return sum;
  }
}
