import type { Config } from '../checkpoint/config.ts';
import type { GenerationConfig } from '../checkpoint/generation-config.ts';
import type { Tokenizer } from '../model.ts';
import { languageTag } from './language-tag.ts';
import type { Languages } from './languages.ts';

const LANGUAGE = /^<\|[a-z]{2,3}\|>$/;

const TASK = '<|transcribe|>';

const NO_TIMES = '<|notimestamps|>';

/**
 * Whisper: the decoder starts from `<|startoftranscript|>` and is made to go on with the language, the task and
 * `<|notimestamps|>`. Checkpoints of English alone have neither language nor task.
 * @param config generation_config.json, whose `lang_to_id` lists the languages
 */
export function speechLanguages(
  tokenizer: Tokenizer,
  generation: GenerationConfig,
  config: Config | undefined,
): Languages {
  const listed = config?.raw('lang_to_id');
  const names = typeof listed === 'object' && listed !== null ? Object.keys(listed) : [...tokenizer.specials.keys()];
  const multilingual = config?.raw('is_multilingual') !== false && tokenizer.id(TASK) !== undefined;
  const tokens = multilingual ? names.filter((name) => LANGUAGE.test(name) && tokenizer.id(name) !== undefined) : [];
  const end = tokenizer.label(generation.endToken).text;
  const after = tokenizer.id(end) === undefined ? [] : [end];
  const own = [...generation.forced].sort(([a], [b]) => a - b).map(([, id]) => tokenizer.label(id).text);
  return {
    directions: tokens.map((token) => ({ token, language: languageTag(token) })),
    sources: [],
    frame({ direction }) {
      const chosen = direction ? [direction, TASK, NO_TIMES] : own;
      const before = chosen.filter((name) => tokenizer.id(name) !== undefined);
      const forced = before.map((name) => tokenizer.id(name)!);
      return { source: {}, target: { side: 'target', around: { before, after } }, forced };
    },
  };
}
