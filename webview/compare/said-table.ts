import { html, nothing, type TemplateResult } from 'lit';
import type { RunSummary } from '../../src/contract/run.ts';
import { t } from '../base/l10n.ts';

/** Two targets of one source: how probable the model finds each token, and what rank it has. */
export function saidTable(a: RunSummary, b: RunSummary): TemplateResult | typeof nothing {
  if (a.source !== b.source || a.target === b.target || a.model.folder !== b.model.folder) return nothing;
  return html`<section class="sec" id="said" aria-label=${t('Token by token')}><div class="in">
    <div class="head"><h2>${t('Token by token')}</h2><span class="cap">${t('probability and rank of each token, as the model finds it')}</span></div>
    <div class="said">${column('A', a)}${column('B', b)}</div></div></section>`;
}

function column(letter: string, run: RunSummary): TemplateResult {
  const name = run.generated ? t('{0}: written by the model', letter) : t('{0}: the pair’s own target', letter);
  return html`<table><caption>${name} · ln p = ${run.logProbability.toFixed(2)}</caption>
    <thead><tr><th scope="col">${t('Token')}</th><th scope="col" class="num">p</th><th scope="col" class="num">${t('Rank')}</th><td></td></tr></thead>
    <tbody>${run.targetTokens.map((token, i) => {
      const { probability = 0, rank = 0 } = run.scores?.[i] ?? {};
      return html`<tr><th scope="row"><bdi>${token.text}</bdi></th><td class="num">${probability.toFixed(3)}</td>
        <td class="num ${rank > 1 ? 'strong' : ''}">${rank}</td>
        <td class="bar-cell"><span aria-hidden="true" .style=${`width:${100 * probability}%`}></span></td></tr>`;
    })}</tbody></table>`;
}
