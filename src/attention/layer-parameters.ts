import { type LayerShape, projectionShapes } from './complexity.ts';

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
