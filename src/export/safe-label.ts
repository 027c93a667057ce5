/** What spreadsheets take for the start of a formula, in both widths. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/**
 * A token as the label of a spreadsheet's row or column: one that could run as a formula gets an apostrophe in front,
 * as OWASP advises (“CSV Injection”). A single character can't run, so that `-` and `=` stay what they are; whoever
 * needs every label to the letter takes JSON.
 */
export function safeLabel(text: string): string {
  return text.length > 1 && FORMULA.test(text) ? `'${text}` : text;
}
