import { html, nothing, type TemplateResult } from 'lit';
import type { StepView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { percent } from '../base/value-format.ts';
import { term } from '../controls/term.ts';

/** The five likeliest next pieces, and where the one stands that the pair really has. */
export function predictions(step: StepView): TemplateResult {
  const { actual } = step;
  return html`<div class="next">
    <table>
      <caption class="sr">${t('What the model expects next')}</caption>
      <thead><tr><th scope="col">${term('piece', t('Next piece'))}</th><th class="w" aria-hidden="true"></th><th scope="col" class="num">${term('probability', t('probability'))}</th></tr></thead>
      <tbody>${step.predictions.map(
        ({ text, probability }, i) => html`<tr class=${i === 0 ? 'top' : ''}><td><bdi>${text}</bdi></td>
          <td class="w"><div class="track"><div class="wbar" .style=${`width: ${probability * 100}%`}></div></div></td>
          <td class="num">${percent(probability)}</td></tr>`,
      )}</tbody>
    </table>
    ${
      actual
        ? html`<p class="cap">${t('This pair has {0} here: {1}, rank {2}.', step.token.text, percent(actual.probability), actual.rank)}</p>`
        : nothing
    }
    <p class="cap">${t('The model’s answer, after all heads, layers and the output layer.')}</p>
  </div>`;
}
