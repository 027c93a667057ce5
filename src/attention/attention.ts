import { drain } from '../base/scheduling.ts';
import { DeferredMatrix, readMatrix } from '../tensor/deferred-matrix.ts';
import { kernels } from '../tensor/kernels.ts';
import { linear } from '../tensor/linear.ts';
import { addRow, type Matrix } from '../tensor/matrix.ts';
import { matmul } from '../tensor/matrix-product.ts';
import { addMultiplications } from '../tensor/operation-count.ts';
import type { AttentionChange, AttentionRecord } from './attention-record.ts';
import type { DistanceBias } from './distance-bias.ts';
import { attendInBlocks } from './multi-head.ts';
import { type QueryWeights, query } from './query.ts';

/** Cells (queries × keys) of a layer from which on its Q, K and V are not kept but computed when they are looked at. */
const KEPT_CELLS = 2 ** 22;

export interface AttentionWeights extends QueryWeights {
  /** W_O as used in context · W_O, [H·dᵥ, D], and its bias [D]. */
  readonly outputWeight: Matrix | DeferredMatrix;
  readonly outputBias: Float32Array | undefined;
}

export interface AttentionOptions {
  readonly heads: number;
  /** √dₖ when left out. */
  readonly divisor?: number;
  readonly causal?: boolean;
  readonly bias?: DistanceBias;
  readonly padding?: Uint8Array;
  readonly change?: AttentionChange;
}

/**
 * Attention with all its heads: query, match and combine, then W_O.
 * @param input states that ask [T, D]    @param memory states that are asked [S, D]; `input` for self-attention
 * @returns what is needed to look at any phase of any head again (see headTrace), and the output [T, D]
 * @throws ShapeError when widths differ
 */
export function attention(
  input: Matrix,
  memory: Matrix,
  weights: AttentionWeights,
  options: AttentionOptions,
): AttentionRecord {
  return drain(attentionInBlocks(input, memory, weights, options));
}

/** The same with a pause after each block of queries of a long text. */
export function* attentionInBlocks(
  input: Matrix,
  memory: Matrix,
  weights: AttentionWeights,
  options: AttentionOptions,
): Generator<undefined, AttentionRecord, undefined> {
  const { q, k, v } = query(input, memory, weights);
  const { outputWeight, outputBias } = weights;
  const given = {
    heads: options.heads,
    divisor: options.divisor ?? Math.sqrt(q.cols / options.heads),
    causal: options.causal ?? false,
    bias: options.bias,
    ...(options.padding === undefined ? {} : { padding: options.padding }),
    ...(options.change === undefined ? {} : { change: options.change }),
  };
  const context = yield* attendInBlocks(q, k, v, given);
  const output = projectOutput(context, outputWeight, outputBias);
  const kept = q.rows * k.rows > KEPT_CELLS ? deferred(input, memory, weights, { q, k, v }) : { q, k, v };
  return { input, ...kept, ...given, outputWeight, outputBias, output };
}

/** Q, K and V of a long text are most of what a run keeps, and quickly there again: a product each. */
function deferred(
  input: Matrix,
  memory: Matrix,
  { query, key, value }: QueryWeights,
  { q, k, v }: Record<'q' | 'k' | 'v', Matrix>,
): Record<'q' | 'k' | 'v', DeferredMatrix> {
  return {
    q: new DeferredMatrix(q.rows, q.cols, () => linear(input, query)),
    k: new DeferredMatrix(k.rows, k.cols, () => linear(memory, key)),
    v: new DeferredMatrix(v.rows, v.cols, () => linear(memory, value)),
  };
}

/** Context of all heads [T, H·dᵥ] through W_O, [T, D]. */
export function projectOutput(
  context: Matrix,
  outputWeight: Matrix | DeferredMatrix,
  bias: Float32Array | undefined,
): Matrix {
  if (outputWeight.kind === 'deferred' && outputWeight.transposeOf !== undefined) {
    return linear(context, { weight: outputWeight.transposeOf, bias });
  }
  const weight = readMatrix(outputWeight);
  if (context.cols === weight.rows && (bias === undefined || bias.length === weight.cols)) {
    const fast = kernels()?.project(context, weight, bias);
    if (fast !== undefined) {
      addMultiplications(context.rows * weight.cols * context.cols);
      return fast;
    }
  }
  const output = matmul(context, weight);
  if (bias !== undefined) addRow(output, bias);
  return output;
}
