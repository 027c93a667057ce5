/** Sizes that a cache of keys and values depends on. */
export interface CacheShape {
  readonly encoderLayers: number;
  readonly decoderLayers: number;
  readonly decoderHeads: number;
  readonly headWidth: number;
}

const FLOAT = 4;

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
