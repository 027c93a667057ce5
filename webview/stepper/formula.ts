import { html, type TemplateResult } from 'lit';
import type { StepView } from '../../src/contract/view.ts';
import type { Phase } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';

/**
 * softmax(Q·Kᵀ/√dₖ)·V with the part at work lit, and the shapes that this head has in it.
 * Set in the window's own font: MathML brings a serif one of its own and leaves its parentheses small in a line.
 */
export function formula(step: StepView, phase: Phase): TemplateResult {
  const lit = (...phases: Phase[]): string => (phases.includes(phase) ? 'p on' : 'p');
  // T5 folds 1/√dₖ into its weights: what is not computed must not stand in the formula.
  const scaled = step.divisor !== 1;
  const product = html`<span><span class=${`${lit('query')} q`} data-term="query"><var>Q</var></span><var data-term="key">K</var><sup>T</sup></span>`;
  const root = html`<span class="root" data-term="scaling"><svg width="9" height="18" viewBox="0 0 9 18" aria-hidden="true"><path
    d="M.5 11.5l2-1.3L5.5 17 8.7.5" fill="none" stroke="currentColor" stroke-linejoin="round"></path></svg><var>d<sub>k</sub></var></span>`;
  const inner = scaled ? html`<span class="frac">${product}${root}</span>` : product;
  const name = scaled
    ? t('softmax of Q times K transposed, divided by the square root of d k, times V')
    : t('softmax of Q times K transposed, times V');
  return html`<div class="fx"><span class="formula" role="math" aria-label=${name}><span class=${lit('match')} data-term="softmax">softmax<span
    class=${scaled ? 'paren' : ''}>(</span>${inner}<span class=${scaled ? 'paren' : ''}>)</span></span><span
    class=${lit('combine')} data-term="value">·&nbsp;<var>V</var></span></span><span class="cap">${shapes(step, phase)}</span></div>`;
}

function shapes(step: StepView, phase: Phase): TemplateResult {
  const [d, dk, s] = [step.state.length, step.q.length, step.keyCount ?? step.weights.length];
  const dv = step.context.length;
  if (phase === 'query') return html`x 1×${d} · W<sub>Q</sub> ${d}×${dk} → q 1×${dk}`;
  if (phase === 'match') return html`q 1×${dk} · Kᵀ ${dk}×${s} → 1×${s}`;
  return html`a 1×${s} · V ${s}×${dv} → c 1×${dv}`;
}
