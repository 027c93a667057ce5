import { isDoubtfulLanguage, languageOfTag } from '../text-language.ts';

/** What files of different languages that belong together are: line-aligned texts, or localisation files in JSON. */
export type LanguageKind = 'aligned' | 'localisation';

/** A file of which there may be one for every language. */
export interface LanguageFile {
  /** Relative to the folder that was asked about. */
  readonly name: string;
  readonly kind: LanguageKind;
  /** As it stands in the name: en, zh-CN. */
  readonly tag: string;
  readonly language: string;
  /** The name with {} where the language stands. */
  readonly stem: string;
}

const TAG = '[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\\d{3}))?';
/** What stands before the language; the shortest first, so that zh-cn is not taken for cn after zh. */
const BEFORE = ['|.+?[._-]', '.+[._-]|'];
/** In the order in which they are tried: stem before, tag, stem behind. */
const PATTERNS: readonly (readonly [LanguageKind, RegExp])[] = [
  ['localisation', new RegExp(`^()(${TAG})(/[^/]+\\.(?:json|arb))$`, 'i')],
  ...BEFORE.map((before) => ['localisation', new RegExp(`^(${before})(${TAG})(\\.(?:json|arb))$`, 'i')] as const),
  ...BEFORE.map((before) => ['aligned', new RegExp(`^(${before})(${TAG})(\\.txt)$`, 'i')] as const),
  ['aligned', new RegExp(`^(.+\\.)(${TAG})()$`, 'i')],
];

/** Files whose English has no language in its name: VS Code's. */
const BASE = /^(.+\.(?:nls|l10n))(\.json)$/i;

/**
 * Where the language stands in a file's name: `train.en`, `train.en.txt`, `en.json`, `app_zh.arb`, `messages.zh-CN.json`,
 * `package.nls.json` (English), or `en/common.json` with its folder.
 */
export function languageFile(name: string): LanguageFile | undefined {
  const base = BASE.exec(name);
  if (base && !name.includes('/')) {
    return { name, kind: 'localisation', tag: 'en', language: 'en', stem: `${base[1]}.{}${base[2]}` };
  }
  for (const [kind, pattern] of PATTERNS) {
    const [, before, tag, behind] = pattern.exec(name) ?? [];
    const language = tag && languageOfTag(tag);
    if (language) return { name, kind, tag, language, stem: `${before}{}${behind}` };
  }
  return undefined;
}

/**
 * The same file in other languages, the likeliest first: of English Chinese, of every other language English.
 * @param name the file   @param others names of the files beside it, itself perhaps among them
 */
export function otherLanguages(name: string, others: readonly string[]): LanguageFile[] {
  const own = languageFile(name);
  if (!own) return [];
  const first = own.language === 'en' ? 'zh' : 'en';
  const rank = ({ language }: LanguageFile) => (language === first ? 0 : 1);
  return others
    .flatMap((other) => languageFile(other) ?? [])
    .filter((other) => other.stem === own.stem && other.kind === own.kind && other.tag !== own.tag)
    .filter((other) => !isDoubtfulLanguage(other.tag) || !isDoubtfulLanguage(own.tag))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en'));
}

/** Whether of two files of different languages the first is the source: English, else the first of the alphabet. */
export function isSourceFile(one: Pick<LanguageFile, 'tag' | 'language'>, other: typeof one): boolean {
  if ((one.language === 'en') !== (other.language === 'en')) return one.language === 'en';
  return one.tag < other.tag;
}
