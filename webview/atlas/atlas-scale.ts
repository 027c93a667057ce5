import type { MatrixOf } from '../../src/contract/choices.ts';
import { type ValueScale, valueScale } from '../heatmap/value-scale.ts';
import type { Measure } from '../tiles/tile-images.ts';
import type { TileStore } from '../tiles/tile-store.ts';

/**
 * How values become colours: as in the small heatmap by the greatest cell of the matrix; means, which grow smaller with
 * every level, by the greatest mean of the level in sight.
 */
export function atlasScale(of: MatrixOf, tiles: TileStore, measure: Measure, level: number): ValueScale {
  const means = measure === 'mean' && level > 0 ? tiles.meansOf(level) : undefined;
  if (means && means[0] <= means[1]) return valueScale(of === 'weight' ? 'contribution' : of, Float32Array.from(means));
  return valueScale(of, Float32Array.from(tiles.span ?? []));
}
