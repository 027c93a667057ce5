import { floatText } from '../base/number-format.ts';
import type { MatrixOf } from '../contract/choices.ts';
import type { WholeView } from '../contract/view.ts';

/** Spreadsheets take UTF-8 for what it is only where it says so. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The matrix on show as CSV by RFC 4180: UTF-8 with a byte order mark, CRLF, fields quoted where they need it. The
 * first row names the keys, the first column the queries; a masked cell is empty. Numbers are whole 32-bit floats.
 * Labels that a spreadsheet would run as a formula are made harmless (`safeLabel`).
 */
export function matrixCsv(view: WholeView): string {
  const { rows, cols } = view;
  const lines = [['query\\key', ...cols.map(({ text }) => safeLabel(text))]];
  rows.forEach(({ text }, r) => {
    const numbers = view.map.values.subarray(r * cols.length, (r + 1) * cols.length);
    lines.push([safeLabel(text), ...Array.from(numbers, (x) => (Number.isNaN(x) ? '' : floatText(x)))]);
  });
  return BYTE_ORDER_MARK + lines.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

/**
 * The weights as text to paste into a spreadsheet: tabs between fields, a line a query, a masked cell empty. Tabs and
 * line ends within a token become spaces, since this form cannot quote them.
 */
export function weightsTsv(view: WholeView): string {
  const { rows, cols } = view;
  const { weights, values } = view.map;
  const label = (text: string) => safeLabel(text.replace(/[\t\r\n]+/g, ' '));
  const line = (fields: readonly string[]) => `${fields.join('\t')}\n`;
  const number = (at: number) => (Number.isNaN(values[at]) ? '' : floatText(weights[at]));
  return [
    line(['query\\key', ...cols.map(({ text }) => label(text))]),
    ...rows.map(({ text }, r) => line([label(text), ...cols.map((_, c) => number(r * cols.length + c))])),
  ].join('');
}

/** Digits after the point: weights sum to 1, scores run to tens. */
const DIGITS = 3;
const SCORE_DIGITS = 2;

/**
 * The matrix on show as a table of GitHub-flavoured Markdown: queries in rows, keys in columns, a masked cell a dash.
 * @param corner words for the first cell, in the person's language
 */
export function markdownTable(view: WholeView, corner: string): string {
  const { rows, cols, of } = view;
  const { values } = view.map;
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

/** What spreadsheets take for the start of a formula, in both widths. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/**
 * A token as the label of a spreadsheet's row or column: one that could run as a formula gets an apostrophe in front,
 * as OWASP advises (“CSV Injection”). A single character can't run, so that `-` and `=` stay what they are; whoever
 * needs every label to the letter takes JSON.
 */
function safeLabel(text: string): string {
  return text.length > 1 && FORMULA.test(text) ? `'${text}` : text;
}
