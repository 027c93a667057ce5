import type { ExplorationView } from '../../src/protocol/exploration-view.ts';
import { t } from '../l10n.ts';

/** What a screen reader says when another view has come: the phase, its token, and what it looks at most. */
export function announcement(view: ExplorationView, last: ExplorationView | undefined): string {
  const { state, row, cols, weights } = view;
  const label = view.rows[row];
  if (!label) return '';
  const same =
    last?.runId === view.runId &&
    last.state.phase === state.phase &&
    last.state.query === state.query &&
    last.state.kind === state.kind &&
    last.state.layer === state.layer &&
    last.state.head === state.head;
  if (same) return '';
  let best = 0;
  for (let col = 1; col < cols.length; col++) {
    if ((weights[row * cols.length + col] || 0) > (weights[row * cols.length + best] || 0)) best = col;
  }
  const key = cols[best]?.text ?? '';
  const weight = (weights[row * cols.length + best] || 0).toFixed(2);
  const phase = { query: t('Query'), match: t('Match'), combine: t('Combine') }[state.phase];
  return t('{0}, {1}: looks most at {2}, weight {3}', phase, label.text, key, weight);
}
