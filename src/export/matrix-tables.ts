import { floatText } from '../base/number-format.ts';
import type { ExplorationView } from '../contract/view.ts';
import { safeLabel } from './safe-label.ts';

/** Spreadsheets take UTF-8 for what it is only where it says so. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The matrix on show as CSV by RFC 4180: UTF-8 with a byte order mark, CRLF, fields quoted where they need it. The
 * first row names the keys, the first column the queries; a masked cell is empty. Numbers are whole 32-bit floats.
 * Labels that a spreadsheet would run as a formula are made harmless (`safeLabel`).
 */
export function matrixCsv(view: ExplorationView): string {
  const { rows, cols, values } = view;
  const lines = [['query\\key', ...cols.map(({ text }) => safeLabel(text))]];
  rows.forEach(({ text }, r) => {
    const numbers = values.subarray(r * cols.length, (r + 1) * cols.length);
    lines.push([safeLabel(text), ...Array.from(numbers, (x) => (Number.isNaN(x) ? '' : floatText(x)))]);
  });
  return BYTE_ORDER_MARK + lines.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
