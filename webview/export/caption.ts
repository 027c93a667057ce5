import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { TITLE } from '../heatmap/title.ts';
import { isOfAllHeads } from '../lines/line-values.ts';

/**
 * What a picture shows, in two lines: the numbers, and where in the model they come from.
 * @param threshold of a picture of lines, below which none is drawn
 */
export function caption(view: ExplorationView, model: string, threshold = 0): readonly [string, string] {
  const { state, of, renormalized } = view;
  const kind = {
    cross: () => t('Cross-attention'),
    encoder: () => t('Self-attention of the encoder'),
    decoder: () => t('Self-attention of the decoder'),
  }[state.kind]();
  const phase = { query: () => t('Query'), match: () => t('Match'), combine: () => t('Combine') }[state.phase]();
  const layer = state.layer === 'mean' ? t('mean of the layers') : t('Layer {0}', state.layer + 1);
  const mean = isOfAllHeads(view) ? t('all heads') : t('mean of the heads');
  const head = state.head === 'mean' ? mean : t('Head {0}', state.head + 1);
  // Value-weighted attention and rollout are the same in every phase.
  const ofPhase = of === 'value' || of === 'rollout' ? [] : [phase];
  const notes = [
    ...(renormalized ? [t('special tokens left out, each row divided by what remains')] : []),
    ...(threshold > 0 ? [t('lines below {0} left out', threshold.toFixed(2))] : []),
    ...(view.whatIf ? [t('What if')] : []),
  ];
  return [TITLE[of](), [kind, layer, head, ...ofPhase, ...notes, model].join(' · ')];
}
