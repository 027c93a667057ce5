import type { ModelInfo } from '../protocol/model-info.ts';
import { type Cost, layerComplexity, sumOfPhases } from './complexity.ts';

/** Sizes of an encoder–decoder; a family without one of the two has 0 layers there. */
export type ModelShape = Pick<
  ModelInfo,
  | 'encoderLayers'
  | 'decoderLayers'
  | 'encoderHeads'
  | 'decoderHeads'
  | 'width'
  | 'headWidth'
  | 'encoderFeedForward'
  | 'decoderFeedForward'
  | 'vocabulary'
>;

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
