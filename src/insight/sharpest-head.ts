import type { Overview } from '../protocol/exploration-view.ts';

/** The head with the lowest mean entropy, the first of equals: the one that chooses most clearly. */
export function sharpestHead(overview: Pick<Overview, 'heads' | 'entropy'>): {
  layer: number;
  head: number;
  entropy: number;
} {
  let best = 0;
  overview.entropy.forEach((entropy, i) => {
    if (entropy < overview.entropy[best]) best = i;
  });
  const heads = Math.max(1, overview.heads);
  return { layer: Math.floor(best / heads), head: best % heads, entropy: overview.entropy[best] ?? 0 };
}
