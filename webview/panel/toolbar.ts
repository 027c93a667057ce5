import { html, type TemplateResult } from 'lit';
import type { ExportTarget, PanelCommand } from '../../src/contract/choices.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Action, AttentionKind, Unit } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import { headChoices, headIndex } from '../controls/head-choices.ts';
import type { MenuItem } from '../controls/menu.ts';
import { select } from '../controls/select.ts';
import { segmented } from '../controls/selects.ts';
import { exportMenu } from '../export/export-menu.ts';
import { type ChosenLanguages, languagePicks } from './language-picks.ts';

export interface ToolbarOptions {
  readonly run: RunSummary;
  readonly view: ExplorationView;
  readonly act: (action: Action) => void;
  readonly command: (command: PanelCommand) => void;
  readonly setLanguages: (languages: ChosenLanguages) => void;
  readonly exportAs: (target: ExportTarget) => void;
}

export function toolbar(options: ToolbarOptions): TemplateResult {
  const { run, view, act, command } = options;
  const { state } = view;
  const { model } = run;
  const menu: MenuItem[][] = [
    [
      { label: t('Run again'), key: 'R', run: () => command('runAgain') },
      { label: t('Swap source and target'), run: () => command('swap') },
      { label: t('Explore the selection'), run: () => command('explore') },
    ],
    [
      { label: t('Compare with…'), run: () => command('compareWith') },
      { label: t('Compare with self-attention'), run: () => command('compareWithSelf') },
      { label: t('What would the model say?'), run: () => command('compareWithModel') },
    ],
    [{ label: t('Measure on this machine'), run: () => command('measure') }],
    [
      { label: t('Open the examples'), run: () => command('openExample') },
      { label: t('Get started'), run: () => command('getStarted') },
      { label: t('Show log'), run: () => command('showLog') },
    ],
  ];
  return html`<div class="bar" role="toolbar" aria-label=${t('Attention')}>
    ${languagePicks(run, options.setLanguages)}
    ${segmented<AttentionKind>({
      name: t('Kind of attention'),
      className: 'kind',
      value: state.kind,
      segments: [
        {
          value: 'cross',
          label: t('Cross'),
          term: 'cross',
          disabled: model.encoderLayers === 0 || model.decoderLayers === 0,
        },
        { value: 'encoder', label: t('Encoder self'), term: 'encoder', disabled: model.encoderLayers === 0 },
        { value: 'decoder', label: t('Decoder self'), term: 'decoder', disabled: model.decoderLayers === 0 },
      ],
      onChange: (kind) => act({ type: 'setKind', kind }),
    })}
    ${select({ name: t('Layer'), term: 'layer', long: t('Layer'), short: 'L', ...headChoices(state.layer, view.overview.layers), onChange: (value) => act({ type: 'setLayer', layer: headIndex(value) }) })}
    ${select({ name: t('Head'), term: 'head', long: t('Head'), short: 'H', ...headChoices(state.head, view.overview.heads), onChange: (value) => act({ type: 'setHead', head: headIndex(value) }) })}
    ${segmented<Unit>({
      name: t('Tokens'),
      className: 'words',
      value: state.unit,
      segments: [
        { value: 'words', label: t('Words'), term: 'word' },
        { value: 'pieces', label: t('Pieces'), term: 'piece' },
      ],
      onChange: (unit) => act({ type: 'setUnit', unit }),
    })}
    <span class="grow"></span>
    <span class="tools">${exportMenu(options.exportAs)}<ax-menu .groups=${menu}></ax-menu></span>
  </div>`;
}
