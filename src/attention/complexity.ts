/** Sizes of one attention layer: T targets over S sources (self-attention: T = S), width D, H heads of dₖ = dᵥ. */
export interface LayerShape {
  readonly targets: number;
  readonly sources: number;
  readonly width: number;
  readonly heads: number;
  readonly headWidth: number;
}

/** Multiply-adds of matrix products, and bytes of the 32-bit floats that are left behind. */
export interface Cost {
  readonly multiplyAdds: number;
  readonly bytes: number;
}

export type PhaseCosts = { readonly query: Cost; readonly match: Cost; readonly combine: Cost };

const FLOAT = 4;

/**
 * What the three phases of one layer cost, exactly as the core computes them (masked scores are computed too).
 *   query: Q, K, V projections, T·D·H·dₖ + 2·S·D·H·dₖ; leaves Q, K, V
 *   match: Q·Kᵀ, T·S·H·dₖ; leaves the weights of all heads, H·T·S
 *   combine: A·V, T·S·H·dᵥ, and W_O, T·H·dᵥ·D; leaves the output, T·D
 * Softmax, biases and additions are no matrix products and are not counted.
 */
export function layerComplexity({ targets, sources, width, heads, headWidth }: LayerShape): PhaseCosts {
  const inner = heads * headWidth;
  return {
    query: {
      multiplyAdds: (targets + 2 * sources) * width * inner,
      bytes: FLOAT * (targets + 2 * sources) * inner,
    },
    match: { multiplyAdds: targets * sources * inner, bytes: FLOAT * heads * targets * sources },
    combine: {
      multiplyAdds: targets * sources * inner + targets * inner * width,
      bytes: FLOAT * targets * width,
    },
  };
}

/** Sum of the three phases. */
export function sumOfPhases(costs: PhaseCosts): Cost {
  const phases = [costs.query, costs.match, costs.combine];
  return {
    multiplyAdds: phases.reduce((sum, cost) => sum + cost.multiplyAdds, 0),
    bytes: phases.reduce((sum, cost) => sum + cost.bytes, 0),
  };
}
