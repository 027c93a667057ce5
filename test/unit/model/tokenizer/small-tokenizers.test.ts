import { Tokenizer as Library } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadTokenizer } from '../../../../src/model/loading/load-tokenizer.ts';
import { anyText, expectPlaced } from './invariants.ts';
import { folderOf, SMALL_TOKENIZERS } from './tokenizer-files.ts';

/** Format and control characters, marks on nothing: normalizers may throw them away between two blanks. */
const DROPPED = /[\p{C}\p{M}\ufffd]/u;

/**
 * What the library's BertNormalizer reads as Hugging Face's own does not: letters beyond U+FFFF, halves of them, control
 * characters, a final sigma. There the fixtures of huggingface.test.ts decide.
 */
const MISREAD = /[\u{10000}-\u{10ffff}\p{C}Σ\ufffd]/u;

describe.each(Object.entries(SMALL_TOKENIZERS))('%s', (_name, { json, config }) => {
  const load = async () =>
    (await loadTokenizer(folderOf({ 'tokenizer.json': json, 'tokenizer_config.json': config }), 1000))!;

  test('ids are the library’s, and every piece has its place', async () => {
    const tokenizer = await load();
    const library = new Library(json, config);
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = tokenizer.encode(text);
        const misread = json.normalizer && JSON.stringify(json.normalizer).includes('Bert') && MISREAD.test(text);
        if (!misread) expect(tokens.map((token) => token.id)).toEqual(library.encode(text).ids);
        expectPlaced(text, tokens, { dropped: DROPPED });
      }),
      { seed: 20261122, numRuns: 600 },
    );
  });

  test('text that looks like a special token stays text', async () => {
    const tokenizer = await load();
    const added = (json.added_tokens as { content: string; special: boolean; id: number }[]).filter((x) => x.special);
    const plain = tokenizer.encode('').length;
    const unknown = (json.model as { unk_token?: string }).unk_token;
    for (const { content, id } of [...added, { content: '>>fra<<', id: 2 }]) {
      const tokens = tokenizer.encode(`the ${content} the`).filter((token) => !token.special);
      if (content !== unknown && content !== '<unk>')
        expect(tokens.some((token) => token.id === id && token.text === content)).toBe(false);
      expect(tokenizer.encode(`the ${content} the`).length - tokens.length).toBe(plain);
    }
  });
});
