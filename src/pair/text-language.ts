/** Language that a text is most likely in, as far as its script tells; 'en' stands for the Latin script at large. */
export type ScriptLanguage =
  | 'zh'
  | 'ja'
  | 'ko'
  | 'ru'
  | 'ar'
  | 'he'
  | 'hi'
  | 'bn'
  | 'ta'
  | 'th'
  | 'el'
  | 'ka'
  | 'hy'
  | 'en';

const SCRIPTS: readonly (readonly [ScriptLanguage, RegExp])[] = [
  ['zh', /\p{Script=Han}/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['bn', /\p{Script=Bengali}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
];

const LATIN_WORD = /\p{Script=Latin}[\p{Script=Latin}\p{M}'’]*/gu;

/**
 * Guesses the language of a text from its script. Latin words count as one and letters of other scripts singly, so that
 * a name inside a Chinese sentence does not make it English; a few kana make Han text Japanese.
 * @returns undefined when the text has no letters of a known script (numbers, punctuation, emoji)
 */
export function scriptOf(text: string): ScriptLanguage | undefined {
  const counts = new Map<ScriptLanguage, number>(
    SCRIPTS.map(([language, letters]) => [language, text.match(letters)?.length ?? 0]),
  );
  const han = counts.get('zh') ?? 0;
  const kana = counts.get('ja') ?? 0;
  if (kana > 0 && kana * 10 >= han) {
    counts.set('ja', kana + han);
    counts.set('zh', 0);
  }
  // Alphabets are counted by word as Latin is: a word there is about five letters.
  const alphabetic = new Set<ScriptLanguage>(['ru', 'ar', 'he', 'hi', 'bn', 'ta', 'el', 'ka', 'hy']);
  let best: ScriptLanguage | undefined;
  let most = 0;
  for (const [language, count] of [...counts, ['en', text.match(LATIN_WORD)?.length ?? 0] as const]) {
    const words = alphabetic.has(language) ? count / 5 : count;
    if (words > most) {
      most = words;
      best = language;
    }
  }
  return best;
}
