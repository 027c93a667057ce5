import { html, type TemplateResult } from 'lit';
import type { Phase } from '../../src/exploration/view-state.ts';
import type { StepView } from '../../src/protocol/exploration-view.ts';
import { t } from '../l10n.ts';

/** softmax(Q·Kᵀ/√dₖ)·V with the part at work lit, and the shapes that this head has in it. */
export function formula(step: StepView, phase: Phase): TemplateResult {
  const lit = (...phases: Phase[]): string => (phases.includes(phase) ? 'p on' : 'p');
  const scaled = step.divisor !== 1;
  const head = html`<math class="formula" aria-label=${t('softmax of Q times K transposed, divided by the square root of d k, times V')}>
    <mrow class=${lit('match')}><mi mathvariant="normal">softmax</mi><mo fence="true" stretchy="true">(</mo>
      <mfrac><mrow><mi class=${lit('query')}>Q</mi><msup><mi>K</mi><mi mathvariant="normal">T</mi></msup></mrow>
      <msqrt><msub><mi>d</mi><mi>k</mi></msub></msqrt></mfrac><mo fence="true" stretchy="true">)</mo></mrow>
    <mrow class=${lit('combine')}><mo>·</mo><mi>V</mi></mrow></math>`;
  // T5 folds 1/√dₖ into its weights: what is not computed must not stand in the formula.
  const bare = html`<math class="formula" aria-label=${t('softmax of Q times K transposed, times V')}>
    <mrow class=${lit('match')}><mi mathvariant="normal">softmax</mi><mo fence="true">(</mo>
      <mi class=${lit('query')}>Q</mi><msup><mi>K</mi><mi mathvariant="normal">T</mi></msup><mo fence="true">)</mo></mrow>
    <mrow class=${lit('combine')}><mo>·</mo><mi>V</mi></mrow></math>`;
  return html`<div class="fx">${scaled ? head : bare}<span class="cap">${shapes(step, phase)}</span></div>`;
}

function shapes(step: StepView, phase: Phase): TemplateResult {
  const [d, dk, s] = [step.state.length, step.q.length, step.weights.length];
  const dv = step.context.length;
  if (phase === 'query') return html`x 1×${d} · W<sub>Q</sub> ${d}×${dk} → q 1×${dk}`;
  if (phase === 'match') return html`q 1×${dk} · Kᵀ ${dk}×${s} → 1×${s}`;
  return html`a 1×${s} · V ${s}×${dv} → c 1×${dv}`;
}
