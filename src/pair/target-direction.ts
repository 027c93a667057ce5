import type { Direction, ModelInfo } from '../contract/model-info.ts';
import { scriptOf } from './text-language.ts';

/**
 * The direction token to put before the source (`>>cmn<<`), from the script of the texts: towards the target's
 * language where there is a target, else away from the source's, preferring Chinese for a Latin source.
 * @returns undefined when the model has no directions; its first direction when the scripts do not tell
 */
export function targetDirection(
  info: Pick<ModelInfo, 'directions'>,
  source: string,
  target?: string,
): string | undefined {
  // A task without a language (T5's summarize) is only taken where there is nothing else.
  const languages = info.directions.filter(({ language }) => language !== 'und');
  const directions = languages.length > 0 ? languages : info.directions;
  if (directions.length === 0) return undefined;
  const towards = (language: string) => directionTowards(directions, language);
  const from = scriptOf(source);
  const to = target === undefined ? undefined : scriptOf(target);
  if (to !== undefined) {
    // Latin to Latin: English on one side only, and which one the letters don't tell.
    const token = to === 'en' && from === 'en' ? (latin(directions) ?? towards('en')) : towards(to);
    if (token !== undefined) return token;
  }
  const away = directions.filter((direction) => script(primary(direction.language)) !== from);
  if (from === 'en') return towards('zh') ?? away[0]?.token ?? directions[0].token;
  return away.find((direction) => primary(direction.language) === 'en')?.token ?? away[0]?.token ?? directions[0].token;
}

/** The direction of a language as scriptOf names it: the language itself, or one in its script. */
export function directionTowards(directions: readonly Direction[], language: string): string | undefined {
  const exact = directions.find((direction) => primary(direction.language) === language);
  if (exact !== undefined) return exact.token;
  if (language === 'en') return latin(directions);
  return directions.find((direction) => script(primary(direction.language)) === language)?.token;
}

/** One written in Latin letters other than English, those with the most texts first. */
function latin(directions: readonly Direction[]): string | undefined {
  const found = directions.filter(({ language }) => script(primary(language)) === 'en' && primary(language) !== 'en');
  const common = COMMON.map((code) => found.find(({ language }) => primary(language) === code));
  return (common.find((direction) => direction !== undefined) ?? found[0])?.token;
}

const COMMON = ['fr', 'de', 'es', 'pt', 'it'];

function primary(language: string): string {
  return language.toLowerCase().split(/[-_]/)[0];
}

/** The name under which scriptOf would report a language: languages in Latin letters are all 'en' to it. */
function script(language: string): string {
  if (['zh', 'ja', 'ko', 'el', 'ka', 'hy', 'ta', 'th', 'he', 'bn'].includes(language)) return language;
  if (['ru', 'uk', 'bg', 'be', 'mk', 'sr', 'kk', 'mn'].includes(language)) return 'ru';
  if (['ar', 'fa', 'ur', 'ps'].includes(language)) return 'ar';
  if (['hi', 'mr', 'ne', 'sa'].includes(language)) return 'hi';
  return ['cmn', 'yue', 'wuu'].includes(language) ? 'zh' : 'en';
}
