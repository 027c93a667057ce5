import { html, nothing, type TemplateResult } from 'lit';
import type { ExplorationView } from '../../src/contract/view.ts';
import type { Difference } from '../../src/insight/view-difference.ts';
import { t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';

/** The difference in numbers. */
export function differenceFacts(a: ExplorationView, { distance, peak }: Difference): TemplateResult {
  const cell =
    peak && `${a.rows[peak.row]!.text} → ${a.cols[peak.col]!.text} ${peak.value > 0 ? '+' : ''}${fixed(peak.value, 2)}`;
  return html`<dl class="facts">
    <dt title=${t('Mean over the queries of half the sum of |B − A| over the weights: 0 is the same attention, 100 % is nothing in common')}>${t('Attention spent elsewhere')}</dt>
    <dd>${(distance * 100).toFixed(1)} %</dd>
    ${cell ? html`<dt>${t('Largest difference')}</dt><dd><bdi>${cell}</bdi></dd>` : nothing}
  </dl>`;
}
