import type { ModelInfo } from '../protocol/model-info.ts';
import { scriptOf } from './script-of.ts';

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
  const { directions } = info;
  if (directions.length === 0) return undefined;
  const towards = (language: string) =>
    (
      directions.find((direction) => primary(direction.language) === language) ??
      (language === 'en' ? undefined : directions.find((direction) => script(primary(direction.language)) === language))
    )?.token;
  const from = scriptOf(source);
  const to = target === undefined ? undefined : scriptOf(target);
  if (to !== undefined) {
    const token = towards(to) ?? (to === 'en' ? latin(directions, from) : undefined);
    if (token !== undefined) return token;
  }
  const away = directions.filter((direction) => script(primary(direction.language)) !== from);
  if (from === 'en') return towards('zh') ?? away[0]?.token ?? directions[0].token;
  return away.find((direction) => primary(direction.language) === 'en')?.token ?? away[0]?.token ?? directions[0].token;
}

/** First direction written in Latin letters (French, German …): 'en' only says Latin script. */
function latin(directions: ModelInfo['directions'], from: string | undefined): string | undefined {
  return directions.find(
    (direction) => script(primary(direction.language)) === 'en' && primary(direction.language) !== from,
  )?.token;
}

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
