import type { ExplorationView } from '../contract/view.ts';

/** Weights of a row of a view, [cols]. Of a long run only the query's is at hand: undefined for the others. */
export function rowWeights(view: ExplorationView, row: number): Float32Array | undefined {
  if (row < 0) return undefined;
  if (view.atlas) return row === view.row ? view.rowWeights : undefined;
  const cols = view.cols.length;
  return view.weights.subarray(row * cols, (row + 1) * cols);
}
