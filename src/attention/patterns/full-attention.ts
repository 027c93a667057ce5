import { type Matrix, ShapeError } from '../../tensor/matrix.ts';
import { combine } from '../combine.ts';
import { attentionMask } from '../mask.ts';
import { match } from '../match.ts';

/**
 * The textbook's attention of one head, with all T × S weights in memory at once.
 * @param q [T, dₖ]    @param k [S, dₖ]    @param v [S, dᵥ]    @param options.causal
 * @returns context [T, dᵥ]
 * @throws ShapeError when widths or lengths differ
 * Cost: T·S·(dₖ + dᵥ) multiply-adds, T·S values of memory.
 */
export function fullAttention(q: Matrix, k: Matrix, v: Matrix, { causal = false }: PatternOptions = {}): Matrix {
  return combine(match(q, k, { mask: attentionMask(q.rows, k.rows, { causal }) }).weights, v);
}

/** What the patterns have in common; each one says which it heeds. */
export interface PatternOptions {
  /** Query t sees keys 0 … t only. */
  readonly causal?: boolean;
  /** Keys seen by each query, half of them on either side of its own position. */
  readonly window?: number;
  /** Keys taken at a time. */
  readonly tile?: number;
}

/** @throws ShapeError unless q and k are equally wide and k and v equally long */
export function checkShapes(where: string, q: Matrix, k: Matrix, v: Matrix): void {
  if (q.cols !== k.cols) throw new ShapeError(where, `keys of width ${q.cols}`, `width ${k.cols}`);
  if (k.rows !== v.rows) throw new ShapeError(where, `${k.rows} values`, `${v.rows} values`);
}
