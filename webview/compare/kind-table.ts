import { html, type TemplateResult } from 'lit';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { kindRows } from './comparison-tables.ts';

/** Two kinds of attention of one pair next to each other, in words and this pair's numbers. */
export function kindTable(run: RunSummary, a: ExplorationView, b: ExplorationView): TemplateResult {
  const [left, right] = [kindRows(run, a), kindRows(run, b)];
  return html`<section class="sec" id="kinds" aria-label=${t('What differs')}><div class="in">
    <div class="head"><h2>${t('What differs')}</h2></div>
    <table class="kinds">
      <thead><tr><td></td><th scope="col">${left.name}</th><th scope="col">${right.name}</th></tr></thead>
      <tbody>${left.rows.map(
        ({ name, text }, i) =>
          html`<tr><th scope="row">${name}</th><td data-name=${left.name}>${text}</td><td data-name=${right.name}>${right.rows[i]!.text}</td></tr>`,
      )}</tbody>
    </table></div></section>`;
}
