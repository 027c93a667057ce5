import { language } from './base/l10n.ts';

const formats = new Map<string, Intl.ListFormat>();

/** A list in the window's language: “English, Chinese”, “英语、中文”. */
export function listed(items: readonly string[]): string {
  if (items.length === 1) return items[0]!;
  let format = formats.get(language());
  // Making one takes longer than a hundred lists.
  if (!format)
    formats.set(language(), (format = new Intl.ListFormat(language(), { type: 'conjunction', style: 'narrow' })));
  return format.format(items);
}
