import type { LanguageFiles } from '../families/family.ts';
import { codedLanguages } from '../families/language-codes.ts';
import { marianLanguages } from '../families/marian.ts';
import { taskLanguages } from '../families/t5.ts';
import { speechLanguages } from '../families/whisper.ts';
import { type Languages, NO_LANGUAGES } from '../model.ts';

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
