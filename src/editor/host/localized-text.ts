import * as vscode from 'vscode';

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "3 hours ago", in the language of VS Code. @param when milliseconds since 1970 */
export function ago(when: number, now = Date.now()): string {
  const past = Math.max(0, now - when);
  const [unit, length] = UNITS.find(([, length]) => past >= length) ?? ['minute', 60_000];
  if (past < 60_000) return vscode.l10n.t('just now');
  return new Intl.RelativeTimeFormat(vscode.env.language, { numeric: 'auto' }).format(-Math.floor(past / length), unit);
}
