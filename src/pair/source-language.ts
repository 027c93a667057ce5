import type { Direction, ModelInfo } from '../contract/model-info.ts';
import { directionTowards } from './target-direction.ts';
import { scriptOf } from './text-language.ts';

/**
 * The token of the source's language, for models that have to be told, from the script of the text.
 * @param direction token of the target's language: a text is not taken for one in the language that it goes to
 * @returns undefined when the model needs none, or the script does not tell
 */
export function sourceLanguage(
  info: Pick<ModelInfo, 'sources'>,
  source: string,
  direction: string | undefined,
): string | undefined {
  const sources: readonly Direction[] = info.sources ?? [];
  const from = scriptOf(source);
  if (sources.length === 0 || from === undefined) return undefined;
  const others = sources.filter(({ token }) => token !== direction);
  return directionTowards(others, from) ?? directionTowards(sources, from);
}
