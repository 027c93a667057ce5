import type { KerasLayer, LayerSizes } from './finding.ts';

/**
 * Sizes of a Keras layer once its inputs are known.
 * @param width of the queries' input; the keys' and values' is the same unless given
 */
export function kerasSizes(
  layer: KerasLayer,
  width: number,
  keyWidth = width,
  valueWidth = width,
): LayerSizes | undefined {
  const { heads, keyDim, valueDim, outputWidth = width } = layer;
  if (heads === undefined || keyDim === undefined || valueDim === undefined) return undefined;
  if (layer.unread.includes('output_shape')) return undefined;
  return { width, heads, headWidth: keyDim, keyWidth, valueWidth, outputWidth, valueHeadWidth: valueDim };
}
