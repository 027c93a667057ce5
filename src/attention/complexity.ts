/** Sizes of one attention layer: T targets over S sources (self-attention: T = S), width D, H heads of dₖ = dᵥ. */
export interface LayerShape {
  readonly targets: number;
  readonly sources: number;
  readonly width: number;
  readonly heads: number;
  readonly headWidth: number;
  /** Where keys, values or the output are of another width than the queries' input D; default D each. */
  readonly keyWidth?: number;
  readonly valueWidth?: number;
  readonly outputWidth?: number;
  /** Heads of the keys and values where several heads of queries share one (grouped-query attention); default H. */
  readonly keyHeads?: number;
  /** dᵥ where it is not dₖ. */
  readonly valueHeadWidth?: number;
}

/** Multiply-adds of matrix products, and bytes of the 32-bit floats that are left behind. */
export interface Cost {
  readonly multiplyAdds: number;
  readonly bytes: number;
}

export type PhaseCosts = { readonly query: Cost; readonly match: Cost; readonly combine: Cost };

const FLOAT = 4;

/** The four projections of a layer, each input × output. Q and O are of all heads, K and V of the key heads. */
export function projectionShapes(shape: LayerShape): Record<'query' | 'key' | 'value' | 'output', [number, number]> {
  const { width, heads, headWidth, keyHeads = heads, valueHeadWidth = headWidth } = shape;
  return {
    query: [width, heads * headWidth],
    key: [shape.keyWidth ?? width, keyHeads * headWidth],
    value: [shape.valueWidth ?? width, keyHeads * valueHeadWidth],
    output: [heads * valueHeadWidth, shape.outputWidth ?? width],
  };
}

/**
 * What the three phases of one layer cost, exactly as the core computes them (masked scores are computed too).
 *   query: Q, K, V projections, T·D·H·dₖ + S·D·H·dₖ + S·D·H·dᵥ; leaves Q, K, V
 *   match: Q·Kᵀ, T·S·H·dₖ; leaves the weights of all heads, H·T·S
 *   combine: A·V, T·S·H·dᵥ, and W_O, T·H·dᵥ·D; leaves the output, T·D
 * Softmax, biases and additions are no matrix products and are not counted.
 */
export function layerComplexity(shape: LayerShape): PhaseCosts {
  const { targets, sources, heads } = shape;
  const { query, key, value, output } = projectionShapes(shape);
  const [inner, mixed] = [query[1], output[0]];
  return {
    query: {
      multiplyAdds: targets * query[0] * inner + sources * (key[0] * key[1] + value[0] * value[1]),
      bytes: FLOAT * (targets * inner + sources * (key[1] + value[1])),
    },
    match: { multiplyAdds: targets * sources * inner, bytes: FLOAT * heads * targets * sources },
    combine: {
      multiplyAdds: targets * sources * mixed + targets * mixed * output[1],
      bytes: FLOAT * targets * output[1],
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
