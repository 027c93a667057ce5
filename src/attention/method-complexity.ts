import type { Cost, LayerShape } from './complexity.ts';

/** Ways to get from Q, K, V to the context; `cross` is `full` with the sources held. */
export const METHODS = ['full', 'streaming', 'window', 'linear', 'cross'] as const;
export type Method = (typeof METHODS)[number];

/** Keys that the sliding window looks at: 64 around a query, and the one at its own position. */
export const WINDOW = 64;
/** Keys that streaming takes at a time. */
export const TILE = 64;

/**
 * What match and combine of one layer cost when done in the given way, without the projections, which are the same
 * for all. Bytes are what is held besides Q, K, V and the result.
 *   full, cross: T·S·H·(dₖ + dᵥ) and H·T·S weights; textbook O(n²·d), O(n²) where T = S = n
 *   streaming: the same multiply-adds; a maximum and a sum a query and one tile of scores
 *   window: T·min(S, w + 1)·H·(dₖ + dᵥ) at most; as many weights as keys seen
 *   linear: (T + S)·H·dₖ·(dᵥ + 1); Σ φ(k)vᵀ and Σ φ(k) a head
 */
export function methodComplexity(method: Method, shape: LayerShape): Cost {
  const { targets, sources, heads, headWidth, valueHeadWidth = headWidth } = shape;
  const inner = heads * headWidth;
  const both = inner + heads * valueHeadWidth;
  switch (method) {
    case 'full':
    case 'cross':
      return { multiplyAdds: targets * sources * both, bytes: 4 * heads * targets * sources };
    case 'streaming':
      return {
        multiplyAdds: targets * sources * both,
        bytes: 4 * heads * (2 * targets + Math.min(TILE, sources)),
      };
    case 'window': {
      const seen = Math.min(sources, WINDOW + 1);
      return { multiplyAdds: targets * seen * both, bytes: 4 * heads * targets * seen };
    }
    case 'linear':
      return {
        multiplyAdds: (targets + sources) * inner * (headWidth + 1),
        bytes: 4 * heads * headWidth * (headWidth + 1),
      };
  }
}
