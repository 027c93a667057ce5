import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { WholeView } from '../../src/contract/view.ts';
import { t } from '../base/l10n.ts';

/** Larger matrices are given row by row. */
const WHOLE = 30;

/** The weights as a table for screen readers: the whole matrix where it is small, else the query's row. */
export function readerTable(view: WholeView) {
  const { rows, cols } = view;
  const { weights } = view.map;
  const whole = rows.length <= WHOLE && cols.length <= WHOLE;
  // Another phase has the same weights.
  return guard([rows, cols, weights, whole || view.row], () => table(view, whole));
}

function table({ rows, cols, map: { weights }, row: query }: WholeView, whole: boolean): TemplateResult {
  const shown = whole ? rows.map((_, row) => row) : [Math.max(0, query)];
  const number = (value: number) => (Number.isNaN(value) ? '–' : value.toFixed(3));
  // The frame is what is hidden: a table does not let itself be narrowed to a pixel.
  return html`<div class="sr"><table>
    <caption>${whole ? t('Attention weights, queries in rows, keys in columns') : t('Attention weights of the chosen query')}</caption>
    <thead><tr><th scope="col">${t('Query')}</th>${cols.map((label) => html`<th scope="col">${label.text}</th>`)}</tr></thead>
    <tbody>${shown.map(
      (row) =>
        html`<tr><th scope="row">${rows[row]?.text}</th>${cols.map((_, col) => html`<td>${number(weights[row * cols.length + col]!)}</td>`)}</tr>`,
    )}</tbody>
  </table></div>`;
}
