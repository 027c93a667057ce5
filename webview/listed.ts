import { language } from './l10n.ts';

/** A list in the window's language: “English, Chinese”, “英语、中文”. */
export function listed(items: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction', style: 'narrow' }).format(items);
}
