import { describe, expect, test } from 'vitest';
import { ExplorerError } from '../../../../src/contract/error.ts';
import { loadTokenizer } from '../../../../src/model/loading/load-tokenizer.ts';
import { riskyPattern } from '../../../../src/model/tokenizer/regex-safety.ts';
import { bundled } from './read-bundled.ts';
import { folderOf, SMALL_TOKENIZERS } from './tokenizer-files.ts';

const [{ json: good }] = Object.values(SMALL_TOKENIZERS);

async function errorOf(files: Record<string, unknown>, vocabulary = 1000): Promise<ExplorerError> {
  const error = await loadTokenizer(folderOf(files), vocabulary).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ExplorerError);
  return error as ExplorerError;
}

describe('loadTokenizer', () => {
  test('a folder without tokenizer.json has no tokenizer', async () => {
    expect(await loadTokenizer(folderOf({}), 10)).toBeUndefined();
  });

  test('tokenizer_config.json may be missing', async () => {
    expect((await loadTokenizer(folderOf({ 'tokenizer.json': good }), 1000))?.encode('the').length).toBeGreaterThan(1);
  });

  test('more ids than the model has tokens: says both numbers and the file', async () => {
    const error = await loadTokenizer(bundled, 7999).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'tokenizer-mismatch', params: { largest: 7999, vocabulary: 7999 } });
    expect((error as Error).message).toMatch(/tokenizer\.json .*7999/);
    expect(await loadTokenizer(bundled, 8000)).toBeDefined();
  });

  const model = good.model as Record<string, unknown>;
  test.each<[string, unknown]>([
    ['no JSON', '{"model": '],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe, 0x7b)],
    ['a list', []],
    ['null', 'null'],
    ['no model', { ...good, model: undefined }],
    ['no vocabulary', { ...good, model: { type: 'Unigram' } }],
    ['empty vocabulary', { ...good, model: { ...model, vocab: [] } }],
    ['vocabulary of numbers', { ...good, model: { ...model, vocab: [1, 2] } }],
    ['unknown token outside the vocabulary', { ...good, model: { ...model, unk_id: 5000 } }],
    ['ids that are text', { ...good, model: { type: 'WordPiece', vocab: { a: '0' } } }],
    ['negative ids', { ...good, model: { type: 'WordPiece', vocab: { a: -1 } } }],
    ['merges that are none', { ...good, model: { type: 'BPE', vocab: { a: 0 }, merges: [1] } }],
    ['added tokens that are none', { ...good, added_tokens: [{ id: 0 }] }],
    ['unknown normalizer', { ...good, normalizer: { type: 'Nmt2' } }],
    ['normalizer that is text', { ...good, normalizer: 'NFC' }],
    ['model of an unknown type', { ...good, model: { ...model, type: 'Magic' } }],
    ['unknown model', { ...good, model: { type: 'Magic', vocab: undefined } }],
    [
      'endless pattern',
      {
        ...good,
        pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { Regex: '(a+)+$' } }] },
      },
    ],
    ['broken pattern', { ...good, pre_tokenizer: { type: 'Split', pattern: { Regex: '(' } } }],
  ])('%s: names the file and what to do', async (_what, json) => {
    const error = await errorOf({ 'tokenizer.json': json });
    expect(error.code).toBe('tokenizer-file');
    expect(error.message).toContain('/models/small/tokenizer.json');
    expect(error.message).toContain('Download');
  });

  test('a malformed tokenizer_config.json is named', async () => {
    const error = await errorOf({ 'tokenizer.json': good, 'tokenizer_config.json': 'nonsense' });
    expect(error).toMatchObject({ code: 'tokenizer-file', params: { file: '/models/small/tokenizer_config.json' } });
  });

  test('a file above 64 MB is not parsed', async () => {
    const error = await errorOf({ 'tokenizer.json': new Uint8Array(64 * 1024 * 1024 + 1) });
    expect(error).toMatchObject({ code: 'tokenizer-file' });
    expect(error.message).toContain('64 MB');
  });
});

describe('riskyPattern', () => {
  test.each([
    '(a+)+',
    '(a*)*b',
    '((ab)*c)+',
    '(?:x+y?)*',
    '(a{2,})+',
    '([^)]+)+',
    '(\\s+|b)*',
    'a'.repeat(5000),
    // Alternatives that begin alike, something that may be missing, in a repetition.
    '(a|a)*b',
    '(a|ab)+$',
    '(?:a?a?)*b',
    '(?<x>(?:a|aa){20})',
    '(a{1,2}){40}',
    '(?=.*x)a',
    '(?<!\\s+)x',
    'a*a*a*a*b',
    '(a+){9}',
    '(a)\\1',
    '(?<w>a)\\k<w>',
    `${'('.repeat(40)}a${')'.repeat(40)}`,
  ])('refuses %s', (pattern) => {
    expect(riskyPattern(pattern)).toBe(true);
  });

  test.each([
    // GPT-2, GPT-4, Llama 3, o200k, CLIP, BLOOM
    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
    "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re)?|\\p{N}{1,3}|\\s+",
    ' ?[^(\\s|[.,!?…。，、।۔،])]+',
    '(\\d{3})+(?=\\d)',
    // Qwen, DeepSeek, Gemma
    '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+',
    '[\\u4e00-\\u9fff]{1,4}|(?i:ab)?\\x{41}+',
    ' {2,}',
  ])('lets %s pass', (pattern) => {
    expect(riskyPattern(pattern)).toBe(false);
  });
});
