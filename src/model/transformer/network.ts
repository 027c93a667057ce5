import type { AttentionWeights } from '../../attention/attention.ts';
import type { Matrix } from '../../tensor/matrix.ts';
import type { Linear, Norm } from '../../tensor/parameters.ts';
import type { Features } from '../model.ts';

/** Feed-forward: W_o·act(W_i·x), or gated W_o·(act(W_i·x) ⊙ W_g·x). */
export interface FeedForward {
  readonly activation: string;
  readonly inner: Linear;
  readonly gate: Linear | undefined;
  readonly outer: Linear;
}

export interface AttentionBlock {
  readonly weights: AttentionWeights;
  readonly norm: Norm;
  readonly heads: number;
  /** √dₖ, or 1 (T5). */
  readonly divisor: number;
}

/** One layer: self-attention, cross-attention in decoders that have it, feed-forward. */
export interface Layer {
  readonly self: AttentionBlock;
  readonly cross: AttentionBlock | undefined;
  readonly feedForward: FeedForward;
  readonly feedForwardNorm: Norm;
}

/** Learned bias by distance (T5), shared by all layers. */
export interface RelativeBias {
  /** [buckets, H] */
  readonly table: Matrix;
  readonly maxDistance: number;
  readonly bidirectional: boolean;
}

/** A stack of layers and what stands before and after it. The families differ in nothing else. */
export interface Stack {
  /** States that enter the first layer before `embeddingNorm`: tokens with positions, frames, patches. [T, D] */
  embed(input: readonly number[] | Features, past: number): Matrix;
  readonly embeddingNorm: Norm | undefined;
  readonly layers: readonly Layer[];
  /** true: x + f(norm(x)); false: norm(x + f(x)). */
  readonly normBefore: boolean;
  readonly finalNorm: Norm | undefined;
  readonly causal: boolean;
  readonly relativeBias: RelativeBias | undefined;
}

/** A checkpoint as the engine runs it. */
export interface Network {
  readonly encoder: Stack | undefined;
  readonly decoder: Stack | undefined;
  /** Between encoder and decoder, where their widths differ. */
  readonly bridge: Linear | undefined;
  /** [V, D], its bias [V], and what states are multiplied by first; undefined for BERT. */
  readonly head: (Linear & { readonly scale: number }) | undefined;
  readonly vocabulary: number;
  readonly maxSource: number | undefined;
  readonly maxTarget: number | undefined;
  readonly input: 'tokens' | 'features';
}
