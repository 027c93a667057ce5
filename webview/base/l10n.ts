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
