import type { VisibleKeys } from '../../attention/mask.ts';
import type { ContributionNorms } from './contribution-norms.ts';
import type { RowRequest } from './row-request.ts';

/** Weights of pieces become those of rows (their mean) and columns (their sum). @returns [rows, to − from] */
export function mergeWeights(pieces: Float32Array, { starts, cols, from, to, first, width }: RowRequest): Float32Array {
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

/** Adds what one of several heads brings, the mean over the pieces of a row. @param out [rows, to − from] */
export function addContributionNorms(
  out: Float32Array,
  brought: ContributionNorms,
  weights: Float32Array,
  { starts, cols, from, to, first, width, plain }: RowRequest,
  heads: number,
): void {
  const count = to - from;
  if (plain && brought.norms !== undefined) {
    const norms = brought.norms.subarray(from, to);
    const share = 1 / heads;
    for (let at = 0; at < out.length; ) {
      for (let c = 0; c < count; c++, at++) out[at] += weights[at] * norms[c] * share;
    }
    return;
  }
  for (let i = 0; i < starts.length - 1; i++) {
    const share = 1 / ((starts[i + 1] - starts[i]) * heads);
    for (let p = starts[i]; p < starts[i + 1]; p++) {
      const base = p * width - first;
      for (let c = 0; c < count; c++) {
        out[i * count + c] += brought.norm(from + c, weights, base + cols.from[from + c]) * share;
      }
    }
  }
}

/**
 * Means of scores over the cells of rows and columns that are not masked, NaN where all are.
 * @param scores [queries, width]    @returns [rows, to − from]
 */
export function mergeScores(scores: Float32Array, asked: RowRequest, seen: VisibleKeys | undefined): Float32Array {
  if (asked.plain) {
    const values = scores.slice();
    if (seen !== undefined) punch(values, asked, seen);
    return values;
  }
  const count = asked.to - asked.from;
  const sums = new Float32Array((asked.starts.length - 1) * count);
  const open = new Int32Array(sums.length);
  eachOpen(asked, seen, (cell, at) => {
    sums[cell] += scores[at];
    open[cell]++;
  });
  for (let i = 0; i < sums.length; i++) sums[i] = open[i] === 0 ? Number.NaN : sums[i] / open[i];
  return sums;
}

/** Puts NaN where all cells of a row and a column are masked, in place. @param values [rows, to − from] */
export function punch(values: Float32Array, asked: RowRequest, seen: VisibleKeys): void {
  const { queries, from, to, plain } = asked;
  const count = to - from;
  if (plain) {
    for (let i = 0; i < queries.length; i++) {
      const line = values.subarray(i * count, (i + 1) * count);
      const closed = seen.closed(queries[i]);
      line.fill(Number.NaN, Math.max(0, Math.min(count, seen.limit(queries[i]) - from)));
      if (closed) for (let c = 0; c < count; c++) if (closed[from + c] === 1) line[c] = Number.NaN;
    }
    return;
  }
  const open = new Uint8Array(values.length);
  eachOpen(asked, seen, (cell) => {
    open[cell] = 1;
  });
  for (let i = 0; i < values.length; i++) if (open[i] === 0) values[i] = Number.NaN;
}

/** Every pair of pieces that is not masked: its cell of the lines, and its place among the pieces. */
function eachOpen(
  { queries, starts, cols, from, to, first, width }: RowRequest,
  seen: VisibleKeys | undefined,
  visit: (cell: number, at: number) => void,
): void {
  const count = to - from;
  for (let i = 0; i < starts.length - 1; i++) {
    for (let p = starts[i]; p < starts[i + 1]; p++) {
      const limit = seen?.limit(queries[p]) ?? first + width;
      const closed = seen?.closed(queries[p]);
      for (let c = 0; c < count && cols.from[from + c] < limit; c++) {
        const end = Math.min(cols.to[from + c], limit);
        for (let s = cols.from[from + c]; s < end; s++) {
          if (closed?.[s] !== 1) visit(i * count + c, p * width + s - first);
        }
      }
    }
  }
}
