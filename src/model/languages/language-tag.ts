/**
 * The BCP-47 tag of a code as checkpoints write it: `>>cmn_Hant<<` → zh-Hant, `eng_Latn` → en, `zh_CN` → zh, `__ceb__` →
 * ceb, `<|en|>` → en. The script is named where it is not the language's usual one.
 * @returns the bare code where it is no language's
 */
export function languageTag(code: string): string {
  const bare = code.replace(/^(>>|__|<\|)|(<<|__|\|>)$/g, '');
  // mBART's regions (en_XX, de_DE) tell nothing.
  const parts = bare.split(/[-_]/).filter((part, i) => i === 0 || part.length === 4);
  try {
    const { language, script } = new Intl.Locale(parts.join('-'));
    // Hangul alone, and Han with kana, are the scripts of ko and ja by other names.
    const usual = new Intl.Locale(language).maximize().script;
    const named = script === undefined || script === usual || ['ja', 'ko'].includes(language);
    return named ? language : `${language}-${script}`;
  } catch {
    return bare;
  }
}
