import type { ExplorationView } from '../../src/contract/view.ts';
import { weightMax } from '../heatmap/value-scale.ts';

/** The value that a threshold is a part of: 1 of what is a share, else the largest that there is. */
export const unitOf = (view: ExplorationView): number => (isShare(view) ? 1 : largest(view.values));

/** The value that is drawn as strong as can be: where the heatmap's scale ends as well. */
export const scaleOf = (view: ExplorationView): number =>
  isShare(view) ? weightMax(valuesOf(view)) : largest(view.values);

/** The numbers that lines are drawn for, [rows·cols] or [heads·rows·cols]. */
export const valuesOf = (view: ExplorationView): Float32Array => (isOfAllHeads(view) ? view.headWeights : view.values);

/** All heads at once are shown of the weights alone: the mean of heads is what is taken apart. */
export function isOfAllHeads(view: ExplorationView): view is ExplorationView & { readonly headWeights: Float32Array } {
  return view.headWeights !== undefined && view.state.head === 'mean' && view.of === 'weight';
}

/** Weights and rollout are shares of 1; other matrices have no upper end of their own. */
export const isShare = ({ of }: ExplorationView): boolean => of === 'weight' || of === 'rollout';

const largest = (values: Float32Array): number =>
  values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) || 1;
