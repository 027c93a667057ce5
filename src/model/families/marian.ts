import { sinusoidalPositions } from '../positions.ts';
import { bartLike, storedOr } from './bart-like.ts';
import type { Family } from './family.ts';

/** Marian: norms after, sinusoidal positions, bias on the logits. Source: Junczys-Dowmunt et al. 2018. */
export const marian: Family = {
  type: 'marian',
  build: (config, weights) =>
    bartLike(config, weights, {
      normBefore: false,
      finalNorm: false,
      embeddingNorm: false,
      positionOffset: 0,
      positions: storedOr((count, width) => sinusoidalPositions(count, width, 'marian')),
    }),
};
