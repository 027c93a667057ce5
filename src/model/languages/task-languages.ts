import type { Direction } from '../../contract/model-info.ts';
import type { Config } from '../checkpoint/config.ts';
import { languageTag } from './language-tag.ts';
import { type Languages, NO_LANGUAGES } from './languages.ts';

/** A real list has a handful. */
const MOST_TASKS = 200;

const LONGEST_PREFIX = 200;

/**
 * T5: what to do stands in words before the text, `translate English to German: `, as `task_specific_params` of
 * config.json lists them. A source that begins with one of them is left as it is.
 */
export function taskLanguages(config: Config): Languages {
  const params = config.raw('task_specific_params');
  const tasks = typeof params === 'object' && params !== null ? Object.entries(params).slice(0, MOST_TASKS) : [];
  const directions: Direction[] = tasks.flatMap(([name, settings]) => {
    const prefix: unknown = (settings as { prefix?: unknown } | null)?.prefix;
    if (typeof prefix !== 'string' || prefix.trim() === '' || prefix.length > LONGEST_PREFIX) return [];
    const to = /^translation_[a-z]{2,3}_to_([a-z]{2,3})$/.exec(name)?.[1];
    return [
      { token: prefix, language: to === undefined ? 'und' : languageTag(to), name: prefix.trim().replace(/:$/, '') },
    ];
  });
  if (directions.length === 0) return NO_LANGUAGES;
  return {
    directions,
    sources: [],
    frame({ direction }, source) {
      const there = directions.some(({ token }) => source.trimStart().startsWith(token.trim()));
      const task = direction && !there ? { task: direction } : {};
      return { source: task, target: { side: 'target' } };
    },
  };
}
