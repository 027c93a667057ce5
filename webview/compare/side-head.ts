import { html, type TemplateResult } from 'lit';
import type { Action, AttentionKind } from '../../src/contract/view-state.ts';
import type { ComparedSide } from '../../src/messages/host-messages.ts';
import { t } from '../base/l10n.ts';
import { headChoices, headIndex } from '../controls/head-choices.ts';
import { select } from '../controls/select.ts';

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
