import { sinusoidalPositions } from '../positions.ts';
import { bartLike, storedOr } from './bart-like.ts';
import type { Family } from './family.ts';

/** Pegasus: norms before and at the end, Marian's positions. Source: Zhang et al. 2020. */
export const pegasus: Family = {
  type: 'pegasus',
  build: (config, weights) =>
    bartLike(config, weights, {
      normBefore: true,
      finalNorm: true,
      embeddingNorm: false,
      positionOffset: 0,
      positions: storedOr((count, width) => sinusoidalPositions(count, width, 'marian')),
    }),
};
