import { html, type TemplateResult } from 'lit';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Action, AttentionKind, Phase, Unit } from '../../src/contract/view-state.ts';
import type { ComparedSide } from '../../src/messages/host-messages.ts';
import { t } from '../base/l10n.ts';
import { headChoices, headIndex, segmented, select, specialSelect } from '../controls/selects.ts';

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

/** Which exploration stands on a side, and the kind, layer and head that are looked at in it. */
export function sideHead(
  letter: string,
  { state: { run }, view }: ComparedSide,
  act: (action: Action) => void,
  pick: () => void,
): TemplateResult {
  const model = run?.model;
  const kinds = [
    { value: 'cross', label: t('Cross'), there: model && model.encoderLayers > 0 && model.decoderLayers > 0 },
    { value: 'encoder', label: t('Encoder self'), there: model && model.encoderLayers > 0 },
    { value: 'decoder', label: t('Decoder self'), there: model && model.decoderLayers > 0 },
  ].filter(({ there }) => there);
  return html`<div class="side-head">
    <span class="letter" aria-hidden="true">${letter}</span>
    <button type="button" class="which" title=${t('Choose another exploration or head')} @click=${pick}>
      <bdi>${run?.source ?? ''}</bdi> <span aria-hidden="true">→</span> <bdi>${run?.target ?? ''}</bdi></button>
    ${
      view
        ? html`<div class="choices">
          ${select({ name: t('Kind of attention, side {0}', letter), value: view.state.kind, choices: kinds, onChange: (kind) => act({ type: 'setKind', kind: kind as AttentionKind }) })}
          ${select({ name: t('Layer, side {0}', letter), long: t('Layer'), short: 'L', ...headChoices(view.state.layer, view.overview.layers), onChange: (value) => act({ type: 'setLayer', layer: headIndex(value) }) })}
          ${select({ name: t('Head, side {0}', letter), long: t('Head'), short: 'H', ...headChoices(view.state.head, view.overview.heads), onChange: (value) => act({ type: 'setHead', head: headIndex(value) }) })}
        </div>`
        : ''
    }
  </div>`;
}
