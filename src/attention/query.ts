import { linear } from '../tensor/linear.ts';
import type { Matrix } from '../tensor/matrix.ts';
import type { Linear } from '../tensor/parameters.ts';

/** W_Q, W_K and W_V of all heads, as PyTorch stores them: [H·d, D]. */
export interface QueryWeights {
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
}

/**
 * Query: what each position asks for (q), what each position of the memory answers to (k) and gives (v).
 *   Q = X·W_Q,  K = M·W_K,  V = M·W_V
 * @param input X, states that ask [T, D]
 * @param memory M, states that are asked [S, D]: the encoder's output (cross) or `input` itself (self)
 * @returns q [T, H·dₖ], k [S, H·dₖ], v [S, H·dᵥ]; heads lie side by side in the columns
 * @throws ShapeError when widths differ
 * Cost: T·D·H·dₖ + S·D·H·(dₖ + dᵥ) multiply-adds. Source: Vaswani et al. 2017, 3.2.2.
 */
export function query(input: Matrix, memory: Matrix, weights: QueryWeights): { q: Matrix; k: Matrix; v: Matrix } {
  return { q: linear(input, weights.query), k: linear(memory, weights.key), v: linear(memory, weights.value) };
}
