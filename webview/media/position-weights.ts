import type { ExplorationView } from '../../src/contract/view.ts';
import { rowWeights } from '../../src/insight/attended-words.ts';

/**
 * A row's attention on every source position, the sum of a column's pieces spread evenly over them.
 * @param row of the view    @param count source positions
 * @returns [count]; zeros in self-attention of the decoder, which looks at no source
 */
export function positionWeights(view: ExplorationView, row: number, count: number): Float32Array {
  const out = new Float32Array(count);
  if (row < 0 || view.state.kind === 'decoder') return out;
  // Of the query itself every position is known, in words as well.
  if (view.step && row === view.row && view.step.weights.length === count) return view.step.weights;
  const weights = rowWeights(view, row);
  if (!weights) return out;
  view.cols.forEach(({ from, to }, col) => {
    const weight = weights[col]! || 0;
    for (let i = from; i < Math.min(to, count); i++) out[i] = weight / (to - from);
  });
  return out;
}
