import type { ExplorationView } from '../contract/view.ts';

/**
 * The matrices on show as tensors [rows, cols]; NaN where masked. `view_values` is the matrix of the phase. None of a long
 * run, which has no matrix as a whole.
 */
export function seenTensors({
  atlas,
  rows,
  cols,
  values,
  scores,
  weights,
}: ExplorationView): Readonly<Record<string, { readonly shape: number[]; readonly data: Float32Array }>> {
  if (atlas) return {};
  const shape = [rows.length, cols.length];
  return {
    view_values: { shape, data: values },
    view_scores: { shape, data: scores },
    view_weights: { shape, data: weights },
  };
}
