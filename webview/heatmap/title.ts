import { t } from '../base/l10n.ts';

/** What the heatmap's numbers are. */
export const TITLE = {
  score: () => t('Scores'),
  weight: () => t('Weights'),
  contribution: () => t('Contributions'),
  value: () => t('Value-weighted attention'),
  rollout: () => t('Attention rollout'),
  difference: () => t('Difference, B − A'),
};
