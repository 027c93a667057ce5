import type { Matrix } from '../../tensor/matrix.ts';
import { combine } from '../combine.ts';
import { attentionMask } from '../mask.ts';
import { match } from '../match.ts';
import type { PatternOptions } from './pattern-options.ts';

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
