import { html, type TemplateResult } from 'lit';

let bundle: Readonly<Record<string, string>> = {};
let spoken = 'en';

/**
 * Every text of the window that a person reads goes through here.
 * @param english full text with {0}, {1} … placeholders: also the key of the translation
 */
export function t(english: string, ...args: readonly (string | number)[]): string {
  return (bundle[english] ?? english).replace(/\{(\d+)\}/g, (whole, index: string) =>
    String(args[Number(index)] ?? whole),
  );
}

/** Takes the bundle over from the host (English text → translation) and names the document's language. */
export function setLanguage(language: string, strings: Readonly<Record<string, string>>): void {
  bundle = strings;
  spoken = language;
  if (typeof document !== 'undefined') document.documentElement.lang = language;
}

/** The window's language, as BCP 47 has it: en, zh-cn. */
export function language(): string {
  return spoken;
}

/** A translated sentence with templates where it has its placeholders {0}, {1} … @param text translated already */
export function fill(text: string, parts: readonly (TemplateResult | string | number)[]) {
  return text.split(/\{(\d+)\}/).map((piece, i) => (i % 2 ? parts[Number(piece)] : piece));
}

const formats = new Map<string, Intl.ListFormat>();

/** A list in the window's language: “English, Chinese”, “英语、中文”. */
export function formatList(items: readonly string[]): string {
  if (items.length === 1) return items[0]!;
  let format = formats.get(language());
  // Making one takes longer than a hundred lists.
  if (!format)
    formats.set(language(), (format = new Intl.ListFormat(language(), { type: 'conjunction', style: 'narrow' })));
  return format.format(items);
}

/** A language in the words of the window, by its BCP-47 tag; the tag itself where it is none. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([document.documentElement.lang || 'en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/**
 * A sentence of the bundle whose {0}, {1} … are tokens of the text, set apart from its words.
 * @param english the sentence: also the key of its translation
 */
export function sentence(english: string, ...words: readonly string[]): TemplateResult {
  return html`${fill(
    t(english),
    words.map((word) => html`<bdi class="w">${word}</bdi>`),
  )}`;
}
