import type { Config } from '../checkpoint/config.ts';
import type { GenerationConfig } from '../checkpoint/generation-config.ts';
import type { Tokenizer } from '../model.ts';
import { codedLanguages } from './coded-languages.ts';
import { type Languages, NO_LANGUAGES } from './languages.ts';
import { marianLanguages } from './marian-languages.ts';
import { speechLanguages } from './speech-languages.ts';
import { taskLanguages } from './task-languages.ts';

/** The files of a folder that languages are read from. */
export interface LanguageFiles {
  readonly family: string;
  readonly config: Config;
  /** generation_config.json and tokenizer_config.json, where they are there. */
  readonly generationConfig: Config | undefined;
  readonly tokenizerConfig: Config | undefined;
  readonly generation: GenerationConfig;
  readonly tokenizer: Tokenizer | undefined;
}

/** Which languages a checkpoint offers; none where it has no tokenizer. */
export function findLanguages(files: LanguageFiles): Languages {
  const { family, config, generationConfig, tokenizerConfig, generation, tokenizer } = files;
  if (tokenizer === undefined) return NO_LANGUAGES;
  switch (family) {
    case 'marian':
      return marianLanguages(tokenizer);
    case 'mbart': {
      // The first 25 languages are the same.
      const list = tokenizer.id('af_ZA') === undefined ? 'mbart' : 'mbart50';
      return codedLanguages(tokenizer, list, generation, tokenizerConfig);
    }
    case 'm2m_100': {
      const wmt = tokenizerConfig?.raw('language_codes') === 'wmt21';
      const list = tokenizer.id('eng_Latn') !== undefined ? 'nllb' : wmt ? 'wmt21' : 'm2m100';
      return codedLanguages(tokenizer, list, generation, tokenizerConfig);
    }
    case 't5':
    case 'mt5':
      return taskLanguages(config);
    case 'whisper':
      return speechLanguages(tokenizer, generation, generationConfig);
    default:
      return NO_LANGUAGES;
  }
}
