import { bartLike, learnedPositions } from './bart-like.ts';
import type { Family } from './family.ts';

/** BART: norms after, learned positions from row 2, embedding norm. Source: Lewis et al. 2020. */
export const bart: Family = {
  type: 'bart',
  build: (config, weights) =>
    bartLike(config, weights, {
      normBefore: false,
      finalNorm: false,
      embeddingNorm: true,
      positionOffset: 2,
      positions: learnedPositions(2),
    }),
};
