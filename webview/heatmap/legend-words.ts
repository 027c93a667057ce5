import type { MatrixOf } from '../../src/contract/choices.ts';
import { t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';
import type { ValueScale } from './value-scale.ts';

/** What the legend says: the name of the values, and the numbers at both ends of the scale. */
export function legendWords(of: MatrixOf, scale: ValueScale): { name: string; from: string; to: string } {
  const name = {
    weight: t('weight'),
    score: t('score q · k'),
    contribution: t('‖weight × value‖'),
    value: t('‖weight × value × W_O‖'),
    rollout: t('rollout'),
    difference: t('B − A'),
  }[of];
  // Means over a long text are small: as many digits as it takes to see one.
  const small = Math.max(2, -Math.floor(Math.log10(scale.max)));
  const digits = of === 'weight' && scale.max === 1 ? 0 : scale.max < 10 ? small : 1;
  return {
    name,
    from: fixed(scale.min, scale.min === 0 ? 0 : digits),
    to: fixed(scale.max, digits),
  };
}
