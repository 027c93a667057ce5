import type { Tokenizer } from '../model.ts';
import { languageTag } from './language-tag.ts';
import type { Languages } from './languages.ts';

const TAG = /^>>[^<>\s]+<<$/;

/** opus-mt: a tag of the target's language, `>>fra<<`, first in the source. */
export function marianLanguages(tokenizer: Tokenizer): Languages {
  const tags = [...tokenizer.specials.keys()].filter((name) => TAG.test(name));
  return {
    directions: tags.map((token) => ({ token, language: languageTag(token) })),
    sources: [],
    frame: ({ direction }) => ({
      source: direction ? { prefix: direction } : {},
      target: { side: 'target' },
    }),
  };
}
