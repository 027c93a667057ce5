import type { Network, Stack } from '../transformer/network.ts';

/**
 * An encoder alone over tokens, norms after each part.
 * @param maxSource tokens that it has positions for
 */
export function encoderOnly(
  encoder: Pick<Stack, 'embed' | 'embeddingNorm' | 'layers'>,
  { vocabulary, maxSource }: Pick<Network, 'vocabulary' | 'maxSource'>,
): Network {
  return {
    encoder: { ...encoder, normBefore: false, finalNorm: undefined, causal: false, relativeBias: undefined },
    decoder: undefined,
    bridge: undefined,
    head: undefined,
    vocabulary,
    maxSource,
    maxTarget: undefined,
    input: 'tokens',
  };
}
