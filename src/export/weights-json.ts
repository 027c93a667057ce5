import { floatText } from '../base/number-format.ts';
import type { ExplorationView } from '../contract/view.ts';
import { prettyJson } from './pretty-json.ts';

/** The weights with their labels as JSON, a row a query; a masked cell is null. */
export function weightsJson({ rows, cols, weights, values }: ExplorationView): string {
  const cell = (at: number) => (Number.isNaN(values[at]) ? null : Number(floatText(weights[at])));
  return prettyJson({
    queries: rows.map(({ text }) => text),
    keys: cols.map(({ text }) => text),
    weights: rows.map((_, r) => cols.map((__, c) => cell(r * cols.length + c))),
  });
}
