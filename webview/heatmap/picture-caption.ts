import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { short } from '../base/value-format.ts';

/** What the numbers of a picture are of: layer and head, and what was done to them. */
export function pictureCaption(view: ExplorationView): string {
  if (view.of === 'difference') return t('above 0: more in B; below 0: more in A');
  return [
    placeOf(view),
    ...(view.whatIf ? [t('after the change')] : []),
    ...(view.renormalized ? [t('special tokens left out, each row divided by what remains')] : []),
  ].join(' · ');
}

function placeOf({ of, state: { layer, head } }: ExplorationView): string {
  if (of !== 'rollout') return `${short('L', layer, t('mean'))} · ${short('H', head, t('mean'))}`;
  return layer === 'mean' ? t('through all layers, mean of heads') : t('up to layer {0}, mean of heads', layer + 1);
}
