import { html, type TemplateResult } from 'lit';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Action, Phase, Unit } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { segmented } from '../controls/selects.ts';
import { specialSelect } from '../controls/special-select.ts';

/** What holds for both sides: phase, words or pieces, special tokens. */
export function commonBar({ state }: ExplorationView, act: (action: Action) => void): TemplateResult {
  return html`<div class="bar" role="toolbar" aria-label=${t('Both sides')}>
    ${segmented<Phase>({
      name: t('Phase'),
      className: 'phase',
      value: state.phase,
      segments: [
        { value: 'query', label: t('Query'), title: t('Scores q · k') },
        { value: 'match', label: t('Match'), title: t('Weights: softmax of the scaled scores') },
        { value: 'combine', label: t('Combine'), title: t('Contributions: ‖weight × value‖') },
      ],
      onChange: (phase) => act({ type: 'setPhase', phase }),
    })}
    ${segmented<Unit>({
      name: t('Tokens'),
      className: 'words',
      value: state.unit,
      segments: [
        { value: 'words', label: t('Words'), title: t('Whole words: the weights of their pieces together') },
        { value: 'pieces', label: t('Pieces'), title: t('The model’s own pieces') },
      ],
      onChange: (unit) => act({ type: 'setUnit', unit }),
    })}
    ${specialSelect(state.special, act)}
  </div>`;
}
