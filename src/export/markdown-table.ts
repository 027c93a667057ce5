import type { MatrixOf } from '../contract/choices.ts';
import type { ExplorationView } from '../contract/view.ts';

/** Digits after the point: weights sum to 1, scores run to tens. */
const DIGITS = 3;

const SCORE_DIGITS = 2;

/**
 * The matrix on show as a table of GitHub-flavoured Markdown: queries in rows, keys in columns, a masked cell a dash.
 * @param corner words for the first cell, in the person's language
 */
export function markdownTable(view: ExplorationView, corner: string): string {
  const { rows, cols, values, of } = view;
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return [
    line([escaped(corner), ...cols.map(({ text }) => escaped(text))]),
    line([':---', ...cols.map(() => '---:')]),
    ...rows.map(({ text }, r) =>
      line([`**${escaped(text)}**`, ...cols.map((_, c) => number(of, values[r * cols.length + c]))]),
    ),
  ].join('');
}

function number(of: MatrixOf, value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(of === 'score' ? SCORE_DIGITS : DIGITS).replace('-', '−');
}

/** A token as text in a cell: nothing in it is markup, an entity, a formula or the end of the cell. */
function escaped(text: string): string {
  return text
    .replace(/[\t\r\n]+/g, ' ')
    .trim()
    .replace(/[\\|`*_~$[\]]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
