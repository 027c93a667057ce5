import type { Float16Matrix } from './half-precision.ts';
import type { Matrix } from './matrix.ts';

/** Weights as they are held: 32-bit floats, or half-precision ones as a checkpoint stores them. */
export type WeightMatrix = Matrix | Float16Matrix;

/** A linear map as PyTorch stores it: weight [out, in], bias [out]. */
export interface Linear {
  readonly weight: WeightMatrix;
  readonly bias: Float32Array | undefined;
}

/** Weights of a normalization over the columns. `bias` is the shift of layer normalization; rms has none. */
export interface Norm {
  readonly kind: 'layer' | 'rms';
  readonly weight: Float32Array;
  readonly bias: Float32Array | undefined;
  readonly epsilon: number;
}
