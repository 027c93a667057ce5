import type { HeadFact } from '../contract/view.ts';

/**
 * The head that has most of a measure, or least of it; the first of equals.
 * @param measure [layers][heads]    @param heads of each layer
 */
export function bestHead(measure: Float32Array, heads: number, which: 'most' | 'least'): HeadFact {
  let best = 0;
  measure.forEach((value, i) => {
    if (which === 'most' ? value > measure[best] : value < measure[best]) best = i;
  });
  const across = Math.max(1, heads);
  return { layer: Math.floor(best / across), head: best % across, value: measure[best] ?? 0 };
}
