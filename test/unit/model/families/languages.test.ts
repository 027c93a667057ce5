import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunRequest } from '../../../../src/contract/run.ts';
import { languageTag } from '../../../../src/model/families/language-codes.ts';
import { loadModel } from '../../../../src/model/loading/load-model.ts';
import { run } from '../../../../src/run/run-pair.ts';
import { fixtureFiles } from '../fixture-files.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/hf');
const special = (content: string, id: number) => ({ id, content, special: true, normalized: false });

/** Characters as pieces, after fairseq's special tokens and before the given ones: 120 ids at most. */
function smallTokenizer(codes: readonly string[], first = ['<s>', '<pad>', '</s>', '<unk>']) {
  const letters = ['▁', ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.:我爱你'];
  const pieces = [...first, ...letters, ...codes];
  return {
    normalizer: null,
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
    post_processor: null,
    decoder: { type: 'Metaspace', replacement: '▁' },
    added_tokens: [...first, ...codes].map((name) => special(name, pieces.indexOf(name))),
    model: { type: 'Unigram', unk_id: first.indexOf('<unk>'), vocab: pieces.map((piece) => [piece, -3]) },
  };
}

/** A fixture's checkpoint with a tokenizer, and with keys of its JSON files changed. */
async function load(name: string, files: Readonly<Record<string, object>>) {
  const folder = fixtureFiles(join(FIXTURES, name));
  return loadModel({
    ...folder,
    read: async (file) => {
      const change = files[file];
      if (change === undefined) return folder.read(file);
      const bytes = await folder.read(file);
      const base = bytes === undefined ? {} : JSON.parse(new TextDecoder().decode(bytes));
      return new TextEncoder().encode(JSON.stringify({ ...base, ...change }));
    },
  });
}

async function explore(model: Awaited<ReturnType<typeof load>>, request: Partial<RunRequest>) {
  const all = { folder: '/x', source: 'hi', ...request };
  const { summary } = await run(
    model,
    all,
    () => undefined,
    async () => undefined,
  );
  const names = (tokens: readonly { readonly text: string }[]) => tokens.map(({ text }) => text).join(' ');
  const { sourceTokens, decoderInput, targetTokens } = summary;
  return { source: names(sourceTokens), reads: names(decoderInput), predicts: names(targetTokens), summary };
}

const CODES = ['en_XX', 'de_DE', 'ro_RO', 'zh_CN'];
const M2M = ['__en__', '__fr__', '__zh__'];
const NLLB = ['eng_Latn', 'fra_Latn', 'zho_Hans'];

describe('where the languages stand, by family', () => {
  test('mBART: the code ends the source, and the decoder starts from the target’s', async () => {
    const model = await load('mbart', { 'tokenizer.json': smallTokenizer(CODES) });
    expect(model.info.directions).toContainEqual({ token: 'ro_RO', language: 'ro' });
    const found = await explore(model, { target: 'bu', direction: 'ro_RO', sourceLanguage: 'de_DE' });
    expect(found).toMatchObject({ source: '␣ h i </s> de_DE', reads: 'ro_RO ␣ b u', predicts: '␣ b u </s>' });
    expect(found.summary).toMatchObject({ direction: 'ro_RO', sourceLanguage: 'de_DE' });
  });

  test.each<[string, string, readonly string[], object, string, string]>([
    ['mBART-50', 'mbart', [...CODES, 'af_ZA'], {}, 'ro_RO', 'en_XX ␣ h i </s>'],
    ['M2M-100', 'm2m_100', M2M, {}, '__fr__', '__en__ ␣ h i </s>'],
    ['NLLB', 'm2m_100', NLLB, {}, 'fra_Latn', 'eng_Latn ␣ h i </s>'],
    ['NLLB, legacy', 'm2m_100', NLLB, { legacy_behaviour: true }, 'fra_Latn', '␣ h i </s> eng_Latn'],
  ])('%s: the target’s code is forced after </s>', async (_, fixture, codes, config, direction, source) => {
    const model = await load(fixture, { 'tokenizer.json': smallTokenizer(codes), 'tokenizer_config.json': config });
    const found = await explore(model, { target: 'bu', direction });
    expect(found).toMatchObject({ source, reads: `</s> ${direction} ␣ b u`, predicts: `${direction} ␣ b u </s>` });
    const written = await explore(model, { direction });
    expect(written.summary.generated).toBe(true);
    expect(written.reads).toMatch(new RegExp(`^</s> ${direction}`));
  });

  test('T5: words before the text, which are no part of it; not twice', async () => {
    const tasks = {
      summarization: { prefix: 'summarize: ' },
      translation_en_to_de: { prefix: 'translate English to German: ' },
    };
    const tokenizer = smallTokenizer([], ['<pad>', '</s>', '<unk>']);
    const model = await load('t5', { 'tokenizer.json': tokenizer, 'config.json': { task_specific_params: tasks } });
    expect(model.info.directions).toEqual([
      { token: 'summarize: ', language: 'und', name: 'summarize' },
      { token: 'translate English to German: ', language: 'de', name: 'translate English to German' },
    ]);
    const { summary } = await explore(model, { target: 'bu' });
    expect(summary.direction).toBe('translate English to German: ');
    const words = summary.sourceTokens.filter(({ special: put }) => !put);
    expect(words.map(({ start, end }) => [start, end])).toEqual(
      [
        [0, 0],
        [0, 1],
        [1, 2],
      ].slice(-words.length),
    );
    const there = await explore(model, { source: 'summarize: hi', target: 'bu', direction: 'summarize: ' });
    expect(there.source.match(/s u m m/g)).toHaveLength(1);
    expect((await explore(model, { target: 'bu', direction: '' })).source).toBe('␣ h i');
  });

  test('Whisper: language, task and no times after the start', async () => {
    const prompt = ['<|en|>', '<|de|>', '<|transcribe|>', '<|notimestamps|>'];
    const tokenizer = smallTokenizer(prompt);
    const ids = Object.fromEntries(tokenizer.added_tokens.map(({ content, id }) => [content, id]));
    const model = await load('whisper', {
      'tokenizer.json': tokenizer,
      'generation_config.json': {
        lang_to_id: { '<|en|>': ids['<|en|>'], '<|de|>': ids['<|de|>'] },
        is_multilingual: true,
      },
    });
    expect(model.info.directions.map(({ language }) => language)).toEqual(['en', 'de']);
    const frame = model.languages.frame({ direction: '<|de|>' }, '');
    expect(frame.forced).toEqual([ids['<|de|>'], ids['<|transcribe|>'], ids['<|notimestamps|>']]);
    const target = model.tokenizer!.encode('hi', frame.target).map(({ text }) => text);
    expect(target.slice(0, 3)).toEqual(['<|de|>', '<|transcribe|>', '<|notimestamps|>']);
  });
});

describe('what the folder says is kept', () => {
  test('a checkpoint for one target offers that one alone', async () => {
    const tokenizer = smallTokenizer(CODES);
    const id = tokenizer.added_tokens.find(({ content }) => content === 'ro_RO')!.id;
    const started = await load('mbart', {
      'tokenizer.json': tokenizer,
      'generation_config.json': { decoder_start_token_id: id },
    });
    expect(started.info.directions.map(({ token }) => token)).toEqual(['ro_RO']);
    const forced = await load('mbart', {
      'tokenizer.json': tokenizer,
      'generation_config.json': { forced_bos_token_id: id },
    });
    expect(forced.info.directions.map(({ token }) => token)).toEqual(['ro_RO']);
    expect(forced.info.sources).toHaveLength(4);
  });

  test('Whisper’s forced_decoder_ids are written whatever the model thinks, and what may not come first comes no later', async () => {
    const free = await load('whisper', {});
    const features = { shape: [8, 16], data: new Float32Array(128) };
    const config = JSON.parse(readFileSync(join(FIXTURES, 'whisper/config.json'), 'utf8'));
    features.shape = [config.num_mel_bins, 2 * config.max_source_positions];
    features.data = new Float32Array(features.shape[0] * features.shape[1]).map((_, i) => Math.sin(i));
    const model = await load('whisper', {
      'generation_config.json': {
        forced_decoder_ids: [
          [1, 40],
          [2, null],
          [3, 42],
        ],
      },
    });
    const ids = await model.generate(features, { beams: 1, maxLength: 8 });
    expect([ids[0], ids[2]]).toEqual([40, 42]);
    expect(await model.generate(features, { beams: 1, maxLength: 8 })).not.toEqual(
      await free.generate(features, { beams: 1, maxLength: 8 }),
    );
    const next = ids[3];
    const shy = await load('whisper', {
      'generation_config.json': {
        forced_decoder_ids: [
          [1, 40],
          [2, null],
          [3, 42],
        ],
        begin_suppress_tokens: [next],
      },
    });
    expect((await shy.generate(features, { beams: 1, maxLength: 8 }))[3]).not.toBe(next);
    await expect(
      load('whisper', { 'generation_config.json': { forced_decoder_ids: [[1, 9999]] } }),
    ).rejects.toMatchObject({
      code: 'model-config',
    });
  });
});

test.each([
  ['>>cmn<<', 'zh'],
  ['>>cmn_Hant<<', 'zh-Hant'],
  ['eng_Latn', 'en'],
  ['zho_Hans', 'zh'],
  ['zho_Hant', 'zh-Hant'],
  ['ace_Arab', 'ace-Arab'],
  ['zh_CN', 'zh'],
  ['en_XX', 'en'],
  ['__ceb__', 'ceb'],
  ['<|de|>', 'de'],
  ['jpn_Jpan', 'ja'],
  ['kor_Hang', 'ko'],
  ['>>2xx<<', '2xx'],
])('%s is the language %s', (code, tag) => {
  expect(languageTag(code)).toBe(tag);
});
