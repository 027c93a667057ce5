import { bartLike, learnedPositions } from './bart-like.ts';
import type { Family } from './family.ts';

/** mBART: BART with norms before and at the end. Source: Liu et al. 2020. */
export const mbart: Family = {
  type: 'mbart',
  build: (config, weights) =>
    bartLike(config, weights, {
      normBefore: true,
      finalNorm: true,
      embeddingNorm: true,
      positionOffset: 2,
      positions: learnedPositions(2),
    }),
};
