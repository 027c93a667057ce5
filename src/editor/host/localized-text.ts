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

/** A list in the language of VS Code: “a, b”, “a、b”. Not by Intl, which loads its tables of languages for it: 12 ms at once. */
export function formatList(items: readonly string[]): string {
  return items.join(/^(zh|ja)\b/.test(vscode.env.language) ? '、' : ', ');
}

/** Text of a person's as plain text in Markdown: nothing in it may become markup, an icon or a cell. */
export function plain(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|~<>&$:@]/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/\s+/g, ' ');
}

/** The translations, as the webview takes them: English text → translation; none for English. */
export function panelStrings(): Record<string, string> {
  const bundle = Object.entries(vscode.l10n.bundle ?? {});
  return Object.fromEntries(bundle.map(([key, value]) => [key, typeof value === 'string' ? value : String(value)]));
}
