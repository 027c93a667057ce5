import { html, nothing, type TemplateResult } from 'lit';
import type { AxisLabel, ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import type { Block } from '../tiles/blocks.ts';
import { placesOf, told } from './block-words.ts';

/** What a cell or a block holds, in numbers. */
export function atlasTip(view: ExplorationView, block: Block | undefined, row: number, col: number): TemplateResult {
  const { rows, cols, of } = view;
  const size = block?.size ?? 1;
  const masked = block !== undefined && Number.isNaN(block.max);
  return html`<div class="tip atlas-tip" role="tooltip">
    <div class="title"><b>${words(rows, block?.row ?? row, size)}</b><em>→</em><b>${words(cols, block?.col ?? col, size)}</b></div>
    <dl><dt>${t('row')}</dt><dd>${placesOf(block?.row ?? row, size, rows.length)}</dd>
      <dt>${t('column')}</dt><dd>${placesOf(block?.col ?? col, size, cols.length)}</dd>
      ${block && !masked ? values(view, block) : nothing}</dl>
    ${block ? nothing : html`<span class="cap">${t('Not computed yet.')}</span>`}
    ${masked ? html`<span class="cap">${size === 1 ? t('Comes later: this query may not look at it.') : t('All of it is masked.')}</span>` : nothing}
    ${block && size > 1 ? html`<span class="cap keys">${blockText(block, of === 'weight')}</span>` : nothing}
  </div>`;
}

function values({ of }: ExplorationView, { size, max, mean }: Block): TemplateResult {
  const name = {
    score: () => 'q · k',
    weight: () => t('weight'),
    contribution: () => t('‖weight × value‖'),
    value: () => t('‖weight × value × W_O‖'),
    rollout: () => t('rollout'),
    difference: () => t('B − A'),
  }[of]();
  if (size === 1) return html`<dt>${name}</dt><dd class="strong">${told(of, max)}</dd>`;
  return html`<dt>${t('max')}</dt><dd class="strong">${told(of, max)}</dd><dt>${t('mean')}</dt><dd>${told(of, mean)}</dd>`;
}

function blockText({ size, whole }: Block, ofWeights: boolean): string {
  if (!whole) return t('Block of {0} × {0}, still being computed.', size);
  return ofWeights
    ? t('Block of {0} × {0} weights. Zoom in for each.', size)
    : t('Block of {0} × {0} cells. Zoom in for each.', size);
}

/** The token, or the first and the last of a block. */
function words(labels: readonly AxisLabel[], from: number, size: number): TemplateResult {
  const first = labels[from]?.text ?? '';
  const last = labels[Math.min(labels.length, from + size) - 1]?.text ?? '';
  return size === 1 || first === last ? html`<bdi>${first}</bdi>` : html`<bdi>${first}</bdi> … <bdi>${last}</bdi>`;
}
