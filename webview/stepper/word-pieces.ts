import { html, nothing, type TemplateResult } from 'lit';
import type { RunSummary } from '../../src/contract/run.ts';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';

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
      const now = word.from + i === at;
      return html`<button type="button" class=${now ? 'chip now' : 'chip'} aria-pressed=${now}
        @click=${() => choose(word.from + i)}><bdi>${text}</bdi></button>`;
    })}
  </div>`;
}
