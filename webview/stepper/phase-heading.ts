import { html, nothing, type TemplateResult } from 'lit';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView, StepView } from '../../src/contract/view.ts';
import type { Phase } from '../../src/contract/view-state.ts';
import { t } from '../base/l10n.ts';

/**
 * softmax(Q·Kᵀ/√dₖ)·V with the part of the phase marked, and the shapes that this head has in it.
 * Set in the window's own font: MathML brings a serif one of its own and leaves its parentheses small in a line.
 */
export function formula(step: StepView, phase: Phase): TemplateResult {
  const partClass = (...phases: Phase[]): string => (phases.includes(phase) ? 'p on' : 'p');
  // T5 folds 1/√dₖ into its weights: what is not computed must not stand in the formula.
  const scaled = step.divisor !== 1;
  const product = html`<span><span class=${`${partClass('query')} q`} data-term="query"><var>Q</var></span><var data-term="key">K</var><sup>T</sup></span>`;
  const root = html`<span class="root" data-term="scaling"><svg width="9" height="18" viewBox="0 0 9 18" aria-hidden="true"><path
    d="M.5 11.5l2-1.3L5.5 17 8.7.5" fill="none" stroke="currentColor" stroke-linejoin="round"></path></svg><var>d<sub>k</sub></var></span>`;
  const inner = scaled ? html`<span class="frac">${product}${root}</span>` : product;
  const name = scaled
    ? t('softmax of Q times K transposed, divided by the square root of d k, times V')
    : t('softmax of Q times K transposed, times V');
  return html`<div class="fx"><span class="formula" role="math" aria-label=${name}><span class=${partClass('match')} data-term="softmax">softmax<span
    class=${scaled ? 'paren' : ''}>(</span>${inner}<span class=${scaled ? 'paren' : ''}>)</span></span><span
    class=${partClass('combine')} data-term="value">·&nbsp;<var>V</var></span></span><span class="cap">${shapes(step, phase)}</span></div>`;
}

function shapes(step: StepView, phase: Phase): TemplateResult {
  const [d, dk, s] = [step.state.length, step.q.length, step.keyCount ?? step.weights.length];
  const dv = step.context.length;
  if (phase === 'query') return html`x 1×${d} · W<sub>Q</sub> ${d}×${dk} → q 1×${dk}`;
  if (phase === 'match') return html`q 1×${dk} · Kᵀ ${dk}×${s} → 1×${s}`;
  return html`a 1×${s} · V ${s}×${dv} → c 1×${dv}`;
}

/**
 * While the heatmap merges pieces into words, the numbers below are still of one piece: says of which, and lets the
 * reader change to the word's other pieces.
 * @param choose called with the index of a piece
 */
export function wordPieces(
  view: ExplorationView,
  run: RunSummary,
  choose: (query: number) => void,
): TemplateResult | typeof nothing {
  const word = view.rows[view.row];
  if (!word || word.to - word.from < 2 || !view.step) return nothing;
  const tokens = (view.state.kind === 'encoder' ? run.sourceTokens : run.targetTokens).slice(word.from, word.to);
  const at = view.step.query;
  return html`<div class="word" role="group" aria-label=${t('Pieces of the word')}>
    <span class="cap">${t('{0} is {1} pieces; the numbers below are of one:', word.text, tokens.length)}</span>
    ${tokens.map(({ text }, i) => {
      const isShown = word.from + i === at;
      return html`<button type="button" class=${isShown ? 'chip now' : 'chip'} aria-pressed=${isShown}
        @click=${() => choose(word.from + i)}><bdi>${text}</bdi></button>`;
    })}
  </div>`;
}
