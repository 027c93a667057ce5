import { html, nothing, type TemplateResult } from 'lit';
import type { WholeView } from '../../src/contract/view.ts';
import type { Cell } from '../base/events.ts';
import { t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';
import { moveTip, placeTip } from '../controls/tooltip.ts';
import { beforeAt, digitsOf, isLinked, isMaskedByHand, rank } from './cell-description.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';

const GAP = 6;

/** What a cell holds, in numbers. @param changeable tokens can be masked from here: says how */
export function tip(view: WholeView, cell: Cell, changeable = false): TemplateResult {
  const { row, col } = cell;
  const { cols, rows } = view;
  const { weights, values, before } = view.map;
  const at = row * cols.length + col;
  if (view.of === 'difference' && before) return differenceTip(view, before, cell);
  const masked = Number.isNaN(values[at]!) || Number.isNaN(weights[at]!);
  const place = rank(view.of === 'rollout' || view.of === 'value' ? values : weights, cols.length, row, col);
  return html`<div class="tip" role="tooltip">
    <div class="title"><b dir="auto">${rows[row]!.text}</b><em>→</em><b dir="auto">${cols[col]!.text}</b>
      <span class="cap">${masked ? t('masked') : t('{0} of {1}', place.rank, place.of)}</span></div>
    ${masked ? maskedText(view, cell) : tipRows(view, cell)}
    ${isLinked(view, cell) ? html`<span class="cap">${t('Aligned with each other.')}</span>` : nothing}
    ${changeable ? html`<span class="cap keys"><kbd>M</kbd> ${t('mask')} <kbd>F</kbd> ${t('force')}</span>` : nothing}
  </div>`;
}

function maskedText(view: WholeView, cell: Cell): TemplateResult {
  if (!isMaskedByHand(view, cell))
    return html`<span class="cap">${t('Comes later: this query may not look at it.')}</span>`;
  const before = beforeAt(view, cell);
  return html`<span class="cap">${t('Masked: what if nobody could look at it.')}</span>
    ${before === undefined ? nothing : html`<dl><dt>${t('before')}</dt><dd>${fixed(before, digitsOf(view))}</dd></dl>`}`;
}

/** What stands on either side of a comparison, and how far they are apart. */
function differenceTip(
  { rows, cols, map: { values } }: WholeView,
  before: Float32Array,
  { row, col }: Cell,
): TemplateResult {
  const at = row * cols.length + col;
  const [a, by] = [before[at] || 0, values[at]!];
  return html`<div class="tip" role="tooltip">
    <div class="title"><b dir="auto">${rows[row]!.text}</b><em>→</em><b dir="auto">${cols[col]!.text}</b></div>
    ${
      Number.isNaN(by)
        ? html`<span class="cap">${t('masked')}</span>`
        : html`<dl><dt>A</dt><dd>${fixed(a, 3)}</dd><dt>B</dt><dd>${fixed(a + by, 3)}</dd>
          <dt>B − A</dt><dd class="strong">${by > 0 ? '+' : ''}${fixed(by, 3)}</dd></dl>`
    }
  </div>`;
}

/** Puts the tip below or above its cell, never over the cell's own row. */
export function placeCellTip(
  box: HTMLElement,
  map: HTMLElement,
  scroll: HTMLElement,
  layout: HeatmapLayout,
  cell: Cell,
): void {
  const { cellWidth, rowHeight, labelWidth, headHeight } = layout;
  const left = labelWidth + cell.col * cellWidth - scroll.scrollLeft;
  const top = headHeight + cell.row * rowHeight - scroll.scrollTop;
  const anchor = { left: left + cellWidth + 3, top, bottom: top + rowHeight - 1 };
  const room = { left: 0, top: 1 - headHeight, right: map.clientWidth, bottom: map.clientHeight + 12 };
  moveTip(box, placeTip(anchor, { width: box.offsetWidth, height: box.offsetHeight }, room, GAP));
}

/** The numbers of a cell that is not masked: how its value comes about, the one on show last and strong. */
function tipRows(view: WholeView, cell: Cell): TemplateResult {
  const { of, step, cols } = view;
  const { scores, weights, values } = view.map;
  const at = cell.row * cols.length + cell.col;
  const before = beforeAt(view, cell);
  const divisor = step?.divisor;
  // A score of one head can be divided; a mean over heads is shown as it is.
  const root = divisor && divisor !== 1 ? Math.round(divisor * divisor) : undefined;
  const shown = {
    score: undefined,
    weight: undefined,
    difference: undefined,
    contribution: t('‖weight × value‖'),
    value: t('‖weight × value × W_O‖'),
    rollout: t('rollout'),
  }[of];
  const row = (name: unknown, value: string, strong = false) =>
    html`<dt>${name}</dt><dd class=${strong ? 'strong' : ''}>${value}</dd>`;
  // What a change does to a number stands before it; of the weights, that is the weight.
  const changed = (name: unknown, value: string) =>
    row(name, before === undefined ? value : `${fixed(before, digitsOf(view))} → ${value}`, true);
  const weight = weights[at]!.toFixed(3);
  // Rollout goes through all heads and layers: one head's score has no part in it.
  if (of === 'rollout') return html`<dl>${changed(t('rollout'), values[at]!.toFixed(3))}</dl>`;
  return html`<dl>
    ${of === 'score' ? changed('q · k', fixed(scores[at]!, 2)) : row('q · k', fixed(scores[at]!, 2))}
    ${root ? row(html`÷ √${root}`, fixed(scores[at]! / divisor!, 2)) : nothing}
    ${of === 'weight' ? changed(t('weight'), weight) : row(t('weight'), weight)}
    ${shown ? changed(shown, fixed(values[at]!, 3)) : nothing}
  </dl>`;
}
