import { drain } from '../base/scheduling.ts';
import { type AttendInput, kernels } from '../tensor/kernels.ts';
import { columns, type Matrix, matrix, rows, ShapeError } from '../tensor/matrix.ts';
import { addMultiplications } from '../tensor/operation-count.ts';
import type { AttentionRecord, ForcedWeights } from './attention-record.ts';
import { combine } from './combine.ts';
import { biasRows } from './distance-bias.ts';
import { attentionMask, type RowBlock } from './mask.ts';
import { match } from './match.ts';

/** Cells of a head (queries × keys) up to which all queries are computed at once; a block of queries has so many at most. */
const BLOCK_CELLS = 2 ** 20;
/** Queries of a block at least: keys and values are packed anew for each. */
const BLOCK_ROWS = 256;

export type AttendOptions = Pick<AttentionRecord, 'heads' | 'divisor' | 'causal' | 'bias' | 'padding' | 'change'>;

/**
 * Match and combine of every head. Mask, bias and weights are never there for more than a block of queries, so that what
 * is held grows with T + S.
 * @param q [T, H·dₖ]    @param k [S, H·dₖ]    @param v [S, H·dᵥ]
 * @returns contexts side by side, [T, H·dᵥ]
 */
export function attendHeads(q: Matrix, k: Matrix, v: Matrix, options: AttendOptions): Matrix {
  return drain(attendInBlocks(q, k, v, options));
}

/** The same with a pause after each block, for who has to hear a cancel in between. */
export function* attendInBlocks(
  q: Matrix,
  k: Matrix,
  v: Matrix,
  options: AttendOptions,
): Generator<undefined, Matrix, undefined> {
  const { causal } = options;
  const [targets, sources] = [q.rows, k.rows];
  if (targets * sources <= BLOCK_CELLS) {
    return attendBlock([q, k, v], options, { from: 0, to: targets, keys: sources, targets, sources });
  }
  const count = Math.max(BLOCK_ROWS, Math.floor(BLOCK_CELLS / sources));
  const out = matrix(targets, v.cols);
  for (let from = 0; from < targets; from += count) {
    const to = Math.min(targets, from + count);
    // A causal block sees nothing later than its last query.
    const keys = causal ? Math.max(1, Math.min(sources, to + sources - targets)) : sources;
    const block = { from, to, keys, targets, sources };
    const done = attendBlock([rows(q, from, to), rows(k, 0, keys), rows(v, 0, keys)], options, block);
    out.data.set(done.data, from * out.cols);
    yield;
  }
  return out;
}

/** Some queries of a layer of T queries and S keys. */
interface Block extends RowBlock {
  readonly targets: number;
  readonly sources: number;
}

/** @param qkv of the block's queries and keys    @returns [to − from, H·dᵥ] */
function attendBlock([q, k, v]: readonly [Matrix, Matrix, Matrix], options: AttendOptions, block: Block): Matrix {
  const { heads, divisor, bias, change } = options;
  const { targets, sources } = block;
  const mask = attentionMask(targets, sources, { ...options, hidden: change?.hidden }, block);
  if (bias !== undefined && (bias.targets !== targets || bias.sources !== sources)) {
    throw new ShapeError('attendHeads', `a bias of [${targets}, ${sources}]`, `[${bias.targets}, ${bias.sources}]`);
  }
  const forced = change?.forced !== undefined && change.forced.query >= block.from && change.forced.query < block.to;
  const windows = bias && { values: bias.values, from: bias.begin(block.from) };
  const fast = forced ? undefined : fused(q, k, v, { heads, divisor, mask, bias: windows });
  if (fast !== undefined) return fast;
  const [dk, dv] = [q.cols / heads, v.cols / heads];
  const out = matrix(q.rows, v.cols);
  for (let h = 0; h < heads; h++) {
    const { weights } = match(columns(q, h * dk, (h + 1) * dk), columns(k, h * dk, (h + 1) * dk), {
      mask,
      divisor,
      bias: bias && biasRows(bias, h, block),
    });
    forceWeights(weights, mask, h, change?.forced, block.from);
    copyColumns(combine(weights, columns(v, h * dv, (h + 1) * dv)), out, h * dv);
  }
  return out;
}

/** Puts a matrix into a wider one of as many rows, from a column on. */
function copyColumns(from: Matrix, to: Matrix, col: number): void {
  for (let t = 0; t < from.rows; t++) {
    to.data.set(from.data.subarray(t * from.cols, (t + 1) * from.cols), t * to.cols + col);
  }
}

/** By the kernels in use, where there are any and the shapes fit (else the plain way says what doesn't). */
function fused(
  q: Matrix,
  k: Matrix,
  v: Matrix,
  options: Pick<AttendInput, 'heads' | 'divisor' | 'mask' | 'bias'>,
): Matrix | undefined {
  const { heads } = options;
  if (q.cols !== k.cols || k.rows !== v.rows || q.cols % heads > 0 || v.cols % heads > 0) return undefined;
  const done = kernels()?.attend({ q, k, v, ...options });
  if (done !== undefined) addMultiplications(q.rows * k.rows * (q.cols + v.cols));
  return done?.context;
}

/**
 * Puts a forced row into the weights of a head, in place.
 * @param weights [T, S] of that head, after the softmax, or those of queries from `first` on (then the mask, too)
 * @param mask additive, [T, S], or undefined where all is seen
 */
export function forceWeights(
  weights: Matrix,
  mask: Matrix | undefined,
  head: number,
  forced: ForcedWeights | undefined,
  first = 0,
): void {
  if (!forced?.heads.includes(head) || forced.query < first || forced.query >= first + weights.rows) return;
  const from = (forced.query - first) * weights.cols;
  const seen = forced.keys.filter((s) => mask === undefined || mask.data[from + s] === 0);
  if (seen.length === 0) return;
  weights.data.fill(0, from, from + weights.cols);
  for (const s of seen) weights.data[from + s] = 1 / seen.length;
}
