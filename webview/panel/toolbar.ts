import { html, type TemplateResult } from 'lit';
import type { ExportTarget, PanelCommand } from '../../src/contract/choices.ts';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Action, AttentionKind, Unit } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';
import type { MenuItem } from '../controls/menu.ts';
import { headChoices, headIndex, segmented, select } from '../controls/selects.ts';
import { type ChosenLanguages, languagePicks } from './language-picks.ts';

interface ToolbarOptions {
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
      ...(run.offers.generation
        ? [{ label: t('What would the model say?'), run: () => command('compareWithModel') }]
        : []),
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

/** The toolbar's way out of the window: files, and what goes to the clipboard. An ellipsis marks what asks further. */
function exportMenu(exportAs: (target: ExportTarget) => void): TemplateResult {
  const item = (label: string, target: ExportTarget): MenuItem => ({ label, run: () => exportAs(target) });
  const groups: MenuItem[][] = [
    [
      item(t('Picture as SVG…'), 'svg'),
      item(t('Picture as PNG…'), 'png'),
      item(t('Whole exploration as HTML…'), 'html'),
    ],
    [
      item(t('Numbers as CSV…'), 'csv'),
      item(t('Numbers as JSON…'), 'json'),
      item(t('All heads as .npz (NumPy)…'), 'npz'),
      item(t('All heads as safetensors…'), 'safetensors'),
      item(t('Word alignment (Pharaoh)…'), 'pharaoh'),
    ],
    [
      item(t('Copy as image'), 'copyAsImage'),
      item(t('Copy as Markdown table'), 'copyAsMarkdownTable'),
      item(t('Copy weights'), 'copyWeights'),
      item(t('Copy weights as JSON'), 'copyWeightsAsJson'),
    ],
  ];
  return html`<ax-menu class="export" .name=${t('Export')} .icon=${'export'} .groups=${groups}></ax-menu>`;
}
