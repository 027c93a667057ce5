import type { ExplorationView } from '../protocol/exploration-view.ts';

/** The matrices on show as tensors [rows, cols]; NaN where masked. `view_values` is the matrix of the phase. */
export function seenTensors({ rows, cols, values, scores, weights }: ExplorationView) {
  const shape = [rows.length, cols.length];
  return {
    view_values: { shape, data: values },
    view_scores: { shape, data: scores },
    view_weights: { shape, data: weights },
  };
}
