import type { AxisLabel } from '../contract/view.ts';
import type { ViewState } from '../contract/view-state.ts';
import type { ForwardPass } from '../model/model.ts';
import { meanWeights } from './mean-weights.ts';
import { renormalize } from './renormalize.ts';
import { selectedHeads } from './state-selection.ts';
import { groupMatrix } from './word-matrix.ts';

/**
 * Weights of every head of a state's layer, or their means over the layers, in rows and columns of the labels.
 * @param renormalized whether rows are divided by what the columns that are left have of them
 * @returns [heads·rows·cols], 0 where masked
 */
export function headWeightsOf(
  pass: ForwardPass,
  { kind, layer }: Pick<ViewState, 'kind' | 'layer'>,
  rows: readonly AxisLabel[],
  cols: readonly AxisLabel[],
  renormalized: boolean,
): Float32Array {
  const cells = rows.length * cols.length;
  const { heads } = pass[kind][0];
  const all = new Float32Array(heads * cells);
  for (let head = 0; head < heads; head++) {
    const weights = groupMatrix(meanWeights(selectedHeads(pass[kind], { layer, head })), rows, cols, 'sum');
    all.set((renormalized ? renormalize(weights) : weights).data, head * cells);
  }
  return all;
}
