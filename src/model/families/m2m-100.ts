import { sinusoidalPositions } from '../positions.ts';
import { bartLike, storedOr } from './bart-like.ts';
import type { Family } from './family.ts';

/** M2M-100: norms before and at the end, fairseq's sinusoids, padding at no position. Source: Fan et al. 2020. */
export const m2m100: Family = {
  type: 'm2m_100',
  build: (config, weights) => {
    const padding = config.token('pad_token_id', config.size('vocab_size')) ?? 1;
    const positions = storedOr((count, width) => {
      const table = sinusoidalPositions(count, width, 'fairseq');
      table.data.fill(0, padding * width, (padding + 1) * width);
      return table;
    }, padding + 1);
    return bartLike(config, weights, {
      normBefore: true,
      finalNorm: true,
      embeddingNorm: false,
      positionOffset: padding + 1,
      positions,
      unplaced: padding,
    });
  },
};
