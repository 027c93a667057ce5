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

/** A learned number of the layer is a weight of one of four matrices, or a bias. */
export interface LayerParameters {
  readonly query: number;
  readonly key: number;
  readonly value: number;
  readonly output: number;
  readonly biases: number;
  readonly total: number;
}

/** Which projections add a bias. */
export type Biases = Readonly<Record<'query' | 'key' | 'value' | 'output', boolean>>;

/**
 * How many numbers one attention layer learns: input × output of each projection, and an output's width for each bias.
 * With all of one width D and all biases 4·D² + 4·D. How long the texts are does not matter.
 */
export function layerParameters(shape: Omit<LayerShape, 'targets' | 'sources'>, bias: Biases): LayerParameters {
  const projections = projectionShapes({ ...shape, targets: 0, sources: 0 });
  const names = ['query', 'key', 'value', 'output'] as const;
  const [query, key, value, output] = names.map((name) => projections[name][0] * projections[name][1]);
  const biases = names.reduce((sum, name) => sum + (bias[name] ? projections[name][1] : 0), 0);
  return { query, key, value, output, biases, total: query + key + value + output + biases };
}

/** Sizes that a cache of keys and values depends on. */
export interface CacheShape {
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly decoderHeads: number;
  readonly headWidth: number;
}

/**
 * Bytes of 32-bit floats that generating keeps, so that no key and value is computed twice.
 *   self: 2·L·H·dₖ for each target token written; cross: 2·L·H·dₖ for each source token, once
 * @param targets T    @param sources S
 */
export function kvCache(
  { encoderLayers, decoderLayers, decoderHeads, headWidth }: CacheShape,
  targets: number,
  sources: number,
) {
  const perToken = 2 * decoderLayers * decoderHeads * headWidth * FLOAT;
  return { perToken, self: perToken * targets, cross: encoderLayers > 0 ? perToken * sources : 0 };
}

/** Sizes of an encoder–decoder; a family without one of the two has 0 layers there. */
export interface ModelShape {
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly encoderHeads: number;
  readonly decoderHeads: number;
  readonly width: number;
  readonly headWidth: number;
  readonly encoderFeedForward: number;
  readonly decoderFeedForward: number;
  readonly vocabulary: number;
}

export type ModelPart = 'encoder' | 'decoder' | 'cross' | 'feedForward' | 'output';

export interface PartCost extends Cost {
  readonly part: ModelPart;
  readonly layers: number;
}

/**
 * What one forward pass costs, part by part: attention of the three kinds, feed-forward (two products a layer,
 * 2·n·D·F) and the output layer (T·D·V).
 * @param model sizes    @param targets T    @param sources S
 */
export function modelComplexity(model: ModelShape, targets: number, sources: number): PartCost[] {
  const { width, headWidth, encoderLayers, decoderLayers } = model;
  const attention = (part: ModelPart, layers: number, heads: number, t: number, s: number): PartCost => {
    const one = sumOfPhases(layerComplexity({ targets: t, sources: s, width, heads, headWidth }));
    return { part, layers, multiplyAdds: layers * one.multiplyAdds, bytes: layers * one.bytes };
  };
  const encoderTokens = encoderLayers * sources * model.encoderFeedForward;
  const decoderTokens = decoderLayers * targets * model.decoderFeedForward;
  return [
    attention('encoder', encoderLayers, model.encoderHeads, sources, sources),
    attention('decoder', decoderLayers, model.decoderHeads, targets, targets),
    attention('cross', decoderLayers, model.decoderHeads, targets, sources),
    {
      part: 'feedForward',
      layers: encoderLayers + decoderLayers,
      multiplyAdds: 2 * width * (encoderTokens + decoderTokens),
      bytes: 4 * (encoderTokens + decoderTokens),
    },
    {
      part: 'output',
      layers: 1,
      multiplyAdds: targets * width * model.vocabulary,
      bytes: 4 * targets * model.vocabulary,
    },
  ];
}
