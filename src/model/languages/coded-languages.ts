import type { Config } from '../checkpoint/config.ts';
import type { GenerationConfig } from '../checkpoint/generation-config.ts';
import { type CodeList, languageCodes } from '../families/language-codes.ts';
import type { Tokenizer } from '../model.ts';
import { languageTag } from './language-tag.ts';
import { type Languages, NO_LANGUAGES } from './languages.ts';

/**
 * Families whose tokens name the languages of both sides. The rules, by transformers' documentation:
 *   mBART                 source X </s> en_XX    decoder starts from ro_RO    target X </s>
 *   mBART-50, M2M-100,
 *   NLLB                  source en_XX X </s>    decoder starts from </s>     target ro_RO X </s>, ro_RO forced
 *   NLLB, legacy          source X </s> eng_Latn; otherwise the same
 * @param list which codes the family has
 */
export function codedLanguages(
  tokenizer: Tokenizer,
  list: CodeList,
  generation: GenerationConfig,
  tokenizerConfig: Config | undefined,
): Languages {
  const codes = languageCodes(list).filter((code) => tokenizer.specials.has(code));
  if (codes.length === 0) return NO_LANGUAGES;
  const id = (code: string) => tokenizer.specials.get(code)!;
  const tokens = codes.map((token) => ({ token, language: languageTag(token) }));
  // A checkpoint for one target says so: it starts with that language's token, or is forced to write it.
  const only = codes.find((code) => id(code) === generation.forced.get(1) || id(code) === generation.startToken);
  const own = (key: string) => {
    const code = tokenizerConfig?.raw(key);
    return codes.find((token) => token === code || token === `__${code}__`);
  };
  const end = [...tokenizer.specials].find(([, one]) => one === generation.endToken)?.[0] ?? '</s>';
  const last = list === 'mbart' || (list === 'nllb' && tokenizerConfig?.raw('legacy_behaviour') === true);
  return {
    directions: only === undefined ? tokens : tokens.filter(({ token }) => token === only),
    sources: tokens,
    frame({ direction, sourceLanguage }) {
      const from = sourceLanguage || own('src_lang') || codes.find((code) => languageTag(code) === 'en') || codes[0];
      const to = direction || only || own('tgt_lang') || codes[0];
      const source = last ? { before: [], after: [end, from] } : { before: [from], after: [end] };
      if (list === 'mbart') {
        const target = { side: 'target' as const, around: { before: [], after: [end] } };
        return { source: { around: source }, target, startToken: id(to), forced: [] };
      }
      const target = { side: 'target' as const, around: { before: [to], after: [end] } };
      return { source: { around: source }, target, forced: [id(to)] };
    },
  };
}
