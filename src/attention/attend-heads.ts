import { type AttendInput, backend } from '../tensor/backend.ts';
import { columns } from '../tensor/columns.ts';
import { addMultiplications } from '../tensor/counter.ts';
import { type Matrix, matrix } from '../tensor/matrix.ts';
import { rows } from '../tensor/rows.ts';
import type { AttentionChange } from './attention-change.ts';
import { combine } from './combine.ts';
import { forceWeights } from './force-weights.ts';
import { attentionMask } from './mask.ts';
import { match } from './match.ts';

/**
 * Match and combine of every head.
 * @param q [T, H·dₖ]    @param k [S, H·dₖ]    @param v [S, H·dᵥ]
 * @param options.bias [H·T, S], head by head
 * @returns contexts side by side, [T, H·dᵥ]
 */
export function attendHeads(
  q: Matrix,
  k: Matrix,
  v: Matrix,
  options: {
    readonly heads: number;
    readonly divisor: number;
    readonly causal: boolean;
    readonly bias: Matrix | undefined;
    readonly padding?: Uint8Array;
    readonly change?: AttentionChange;
  },
): Matrix {
  const { heads, divisor, bias, change } = options;
  const [dk, dv] = [q.cols / heads, v.cols / heads];
  const mask = attentionMask(q.rows, k.rows, { ...options, hidden: change?.hidden });
  const fast = change?.forced === undefined ? fused(q, k, v, { heads, divisor, mask, bias }) : undefined;
  if (fast !== undefined) return fast;
  const out = matrix(q.rows, v.cols);
  for (let h = 0; h < heads; h++) {
    const { weights } = match(columns(q, h * dk, (h + 1) * dk), columns(k, h * dk, (h + 1) * dk), {
      mask,
      divisor,
      bias: bias === undefined ? undefined : rows(bias, h * q.rows, (h + 1) * q.rows),
    });
    forceWeights(weights, mask, h, change?.forced);
    const context = combine(weights, columns(v, h * dv, (h + 1) * dv));
    for (let t = 0; t < q.rows; t++) out.data.set(context.data.subarray(t * dv, (t + 1) * dv), t * v.cols + h * dv);
  }
  return out;
}

/** By the kernels in use, where there are any and the shapes fit (else the plain way says what doesn't). */
function fused(
  q: Matrix,
  k: Matrix,
  v: Matrix,
  options: Pick<AttendInput, 'heads' | 'divisor' | 'mask' | 'bias'>,
): Matrix | undefined {
  const { heads, bias } = options;
  if (q.cols !== k.cols || k.rows !== v.rows || q.cols % heads > 0 || v.cols % heads > 0) return undefined;
  if (bias !== undefined && (bias.rows !== heads * q.rows || bias.cols !== k.rows)) return undefined;
  const done = backend()?.attend({ q, k, v, ...options });
  if (done !== undefined) addMultiplications(q.rows * k.rows * (q.cols + v.cols));
  return done?.context;
}
