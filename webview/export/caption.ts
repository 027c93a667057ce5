import type { ExplorationView } from '../../src/protocol/exploration-view.ts';
import { TITLE } from '../heatmap/title.ts';
import { t } from '../l10n.ts';

/** What a picture shows, in two lines: the numbers, and where in the model they come from. */
export function caption({ state, of, renormalized }: ExplorationView, model: string): readonly [string, string] {
  const kind = {
    cross: () => t('Cross-attention'),
    encoder: () => t('Self-attention of the encoder'),
    decoder: () => t('Self-attention of the decoder'),
  }[state.kind]();
  const phase = { query: () => t('Query'), match: () => t('Match'), combine: () => t('Combine') }[state.phase]();
  const layer = state.layer === 'mean' ? t('mean of the layers') : t('Layer {0}', state.layer + 1);
  const head = state.head === 'mean' ? t('mean of the heads') : t('Head {0}', state.head + 1);
  // Value-weighted attention and rollout are the same in every phase.
  const ofPhase = of === 'value' || of === 'rollout' ? [] : [phase];
  const notes = renormalized ? [t('special tokens left out, each row divided by what remains')] : [];
  return [TITLE[of](), [kind, layer, head, ...ofPhase, ...notes, model].join(' · ')];
}
