import { floatText } from '../base/number-format.ts';
import type { ExplorationView } from '../contract/view.ts';
import { safeLabel } from './safe-label.ts';

/**
 * The weights as text to paste into a spreadsheet: tabs between fields, a line a query, a masked cell empty. Tabs and
 * line ends within a token become spaces, since this form cannot quote them.
 */
export function weightsTsv(view: ExplorationView): string {
  const { rows, cols, weights, values } = view;
  const label = (text: string) => safeLabel(text.replace(/[\t\r\n]+/g, ' '));
  const line = (fields: readonly string[]) => `${fields.join('\t')}\n`;
  const number = (at: number) => (Number.isNaN(values[at]) ? '' : floatText(weights[at]));
  return [
    line(['query\\key', ...cols.map(({ text }) => label(text))]),
    ...rows.map(({ text }, r) => line([label(text), ...cols.map((_, c) => number(r * cols.length + c))])),
  ].join('');
}
