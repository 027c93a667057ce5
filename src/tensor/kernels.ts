import type { Float16Matrix } from './half-precision.ts';
import type { Matrix } from './matrix.ts';
import type { Norm, WeightMatrix } from './parameters.ts';

/** What match and combine of all heads are given; see attendHeads. */
export interface AttendInput {
  /** [T, H·dₖ], [S, H·dₖ], [S, H·dᵥ] */
  readonly q: Matrix;
  readonly k: Matrix;
  readonly v: Matrix;
  readonly heads: number;
  /** Scores are divided by it. */
  readonly divisor: number;
  /** Added to the scaled scores of every head, [T, S]. */
  readonly mask: Matrix | undefined;
  /** Added to those of each head: row t of head h is what stands in row h of `values`, [H, ≥ T + S − 1], from column `from` − t on. */
  readonly bias: { readonly values: Matrix; readonly from: number } | undefined;
  /** Whether the weights are wanted as well. */
  readonly keep?: boolean;
}

export interface Attended {
  /** Side by side, [T, H·dᵥ]. */
  readonly context: Matrix;
  /** Of each head, [T, S], where they are kept. */
  readonly weights: readonly Matrix[] | undefined;
}

/** Some queries of one head, for a picture of their weights in blocks; see HeadRows. */
export interface WeighInput {
  /** [M, dₖ], divided already as the scores are to be */
  readonly q: Matrix;
  /** [S, dₖ]; packed the first time, and must not change afterwards. */
  readonly keys: Matrix;
  /** How many of the first keys each query sees, [M]; all where left out. */
  readonly limits: Int32Array | undefined;
  /** Added to the scores: row i is `values` from `from[i]` on. */
  readonly bias: { readonly values: Float32Array; readonly from: Int32Array } | undefined;
  /** Columns of a block, a multiple of 4; 0 for no blocks. */
  readonly block: number;
}

/** Views of the kernels' own memory: to be read before anything else is computed. */
export interface Weighed {
  /** [M, S], 0 where nothing is seen */
  readonly weights: Matrix;
  /** [M, 4]: the largest score, Σ e^(s − largest), Σ e^(s − largest)·(s − largest), the least score */
  readonly stats: Float32Array;
  /** Largest and sum of the weights of each block that has keys which are seen, [M, ⌈S/block⌉] */
  readonly most: Float32Array;
  readonly sums: Float32Array;
}

/**
 * Kernels that are faster than the plain ones beside this file, which are the reference. A method returns undefined where it
 * can't (no memory left), and its caller then computes plainly. Shapes are checked, and multiplications counted, by the caller.
 */
export interface Kernels {
  readonly name: 'simd' | 'relaxed';
  /** A·B, [M, K] · [K, N]; A·Bᵀ, [M, K] · [N, K]. */
  matmul(a: Matrix, b: Matrix): Matrix | undefined;
  matmulTransposed(a: Matrix, b: Matrix): Matrix | undefined;
  /** x·Wᵀ, W [N, K]; x·W, W [K, N]. W is packed the first time, and must not change afterwards. */
  linear(x: Matrix, weight: WeightMatrix, bias: Float32Array | undefined): Matrix | undefined;
  /** Rows [from, to) of a half-precision weight that these kernels own, as they were stored, [to − from, cols]. */
  ownedRows(weight: Float16Matrix, from: number, to: number): Uint16Array | undefined;
  project(x: Matrix, weight: Matrix, bias: Float32Array | undefined): Matrix | undefined;
  attend(input: AttendInput): Attended | undefined;
  weigh(input: WeighInput): Weighed | undefined;
  softmax(m: Matrix): Matrix | undefined;
  normalize(x: Matrix, norm: Norm): Matrix | undefined;
  /** In place. @returns whether it was done */
  activate(m: Matrix, name: string): boolean;
}

let current: Kernels | undefined;

/** The kernels in use; undefined while the plain ones are. */
export function kernels(): Kernels | undefined {
  return current;
}

/** Chooses the kernels of this thread. Called once, when a worker starts; undefined goes back to the plain ones. */
export function useKernels(next: Kernels | undefined): void {
  current = next;
}
