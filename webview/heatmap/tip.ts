import { html, type TemplateResult } from 'lit';
import type { ExplorationView } from '../../src/protocol/exploration-view.ts';
import { fixed } from '../format.ts';
import { t } from '../l10n.ts';
import type { Cell } from './cell.ts';
import type { HeatmapLayout } from './layout.ts';
import { rank } from './rank.ts';

const GAP = 6;

/** What a cell holds, in numbers. */
export function tip(view: ExplorationView, { row, col }: Cell): TemplateResult {
  const { cols, rows, weights, scores, values } = view;
  const at = row * cols.length + col;
  if (view.of === 'difference' && view.before) return differenceTip(view, view.before, { row, col });
  const masked = Number.isNaN(values[at]!) || Number.isNaN(weights[at]!);
  const place = rank(weights, cols.length, row, col);
  const divisor = view.step?.divisor;
  // A score of one head can be divided; a mean over heads is shown as it is.
  const root = divisor && divisor !== 1 ? Math.round(divisor * divisor) : undefined;
  return html`<div class="tip" role="tooltip">
    <div class="title"><b dir="auto">${rows[row]!.text}</b><em>→</em><b dir="auto">${cols[col]!.text}</b>
      <span class="cap">${masked ? t('masked') : t('{0} of {1}', place.rank, place.of)}</span></div>
    ${
      masked
        ? html`<span class="cap">${t('Comes later: this query may not look at it.')}</span>`
        : html`<dl>
          <dt>q · k</dt><dd>${fixed(scores[at]!, 2)}</dd>
          ${root ? html`<dt>÷ √${root}</dt><dd>${fixed(scores[at]! / divisor!, 2)}</dd>` : ''}
          <dt>${t('weight')}</dt><dd class=${view.of === 'contribution' ? '' : 'strong'}>${weights[at]!.toFixed(3)}</dd>
          ${view.of === 'contribution' ? html`<dt>${t('‖weight × value‖')}</dt><dd class="strong">${fixed(values[at]!, 3)}</dd>` : ''}
        </dl>`
    }
  </div>`;
}

/** What stands on either side of a comparison, and how far they are apart. */
function differenceTip(
  { rows, cols, values }: ExplorationView,
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

/** Below its cell, otherwise above, never over its own row. */
export function placeTip(
  box: HTMLElement,
  map: HTMLElement,
  scroll: HTMLElement,
  layout: HeatmapLayout,
  cell: Cell,
): void {
  const left = layout.labelWidth + cell.col * layout.cellWidth - scroll.scrollLeft;
  const top = layout.headHeight + cell.row * layout.rowHeight - scroll.scrollTop;
  const height = box.offsetHeight;
  const below = top + layout.rowHeight + GAP - 1;
  const room = map.clientHeight + 12;
  const x = Math.max(0, Math.min(left + layout.cellWidth + 3, map.clientWidth - box.offsetWidth));
  const y = below + height > room && top - GAP - height > -layout.headHeight ? top - GAP - height : below;
  Object.assign(box.style, { left: `${x}px`, top: `${y}px` });
}
