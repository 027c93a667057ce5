import { html, nothing, type TemplateResult } from 'lit';
import type { ExplorationView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';
import { fixed } from '../base/value-format.ts';
import type { Cell } from './cell.ts';
import { beforeAt, digitsOf } from './cell-notes.ts';

/** The numbers of a cell that is not masked: how its value comes about, the one on show last and strong. */
export function tipRows(view: ExplorationView, cell: Cell): TemplateResult {
  const { of, scores, weights, values, step, cols } = view;
  const at = cell.row * cols.length + cell.col;
  const before = beforeAt(view, cell);
  const divisor = step?.divisor;
  // A score of one head can be divided; a mean over heads is shown as it is.
  const root = divisor && divisor !== 1 ? Math.round(divisor * divisor) : undefined;
  const shown = {
    score: undefined,
    weight: undefined,
    difference: undefined,
    contribution: t('‖weight × value‖'),
    value: t('‖weight × value × W_O‖'),
    rollout: t('rollout'),
  }[of];
  const row = (name: unknown, value: string, strong = false) =>
    html`<dt>${name}</dt><dd class=${strong ? 'strong' : ''}>${value}</dd>`;
  // What a change does to a number stands before it; of the weights, that is the weight.
  const changed = (name: unknown, value: string) =>
    row(name, before === undefined ? value : `${fixed(before, digitsOf(view))} → ${value}`, true);
  const weight = weights[at]!.toFixed(3);
  // Rollout goes through all heads and layers: one head's score has no part in it.
  if (of === 'rollout') return html`<dl>${changed(t('rollout'), values[at]!.toFixed(3))}</dl>`;
  return html`<dl>
    ${of === 'score' ? changed('q · k', fixed(scores[at]!, 2)) : row('q · k', fixed(scores[at]!, 2))}
    ${root ? row(html`÷ √${root}`, fixed(scores[at]! / divisor!, 2)) : nothing}
    ${of === 'weight' ? changed(t('weight'), weight) : row(t('weight'), weight)}
    ${shown ? changed(shown, fixed(values[at]!, 3)) : nothing}
  </dl>`;
}
