import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { loadTokenizer } from '../../../src/model/loading/load-tokenizer.ts';
import { riskyPattern } from '../../../src/model/tokenizer/regex-safety.ts';
import { sentencePieceFixture } from '../model/tokenizer/sentencepiece/sentencepiece-files.ts';
import { folderOf, SMALL_TOKENIZERS } from '../model/tokenizer/tokenizer-files.ts';
import { byteChange, changeBytes, changeJson, jsonChange } from './mutate.ts';
import { tell, tried } from './outcome.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const TEXTS = [
  '',
  ' ',
  'I like the café.',
  '我们喜欢 ▁ 👩‍👩‍👧',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
  'a\ud83d b\0\u0301',
];

const counts = { read: 0, refused: 0 };
const began = performance.now();
afterAll(() => tell('tokenizers', counts, began));

/** Loads a folder's tokenizer and uses it as an exploration would. */
async function use(files: Readonly<Record<string, unknown>>, family: string): Promise<void> {
  const tokenizer = await loadTokenizer(folderOf(files), 100_000, family);
  if (tokenizer === undefined) return;
  for (const text of TEXTS) {
    for (const side of ['source', 'target'] as const) {
      const tokens = tokenizer.encode(text, { side });
      for (const { id, start, end } of tokens) {
        expect(Number.isInteger(id) && id >= 0 && id < 100_000).toBe(true);
        expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      }
      // What a hostile file may make of a letter is bounded.
      expect(tokens.length).toBeLessThan(5000);
      tokenizer.decode(
        tokens.map(({ id }) => id),
        { side },
      );
    }
  }
}

test.each(Object.entries(SMALL_TOKENIZERS))(
  'tokenizer.json, %s',
  async (_, { json, config }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(jsonChange, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (changes, ofConfig) => {
          const changed = changes.reduce(changeJson, ofConfig ? config : json);
          const files = ofConfig
            ? { 'tokenizer.json': json, 'tokenizer_config.json': changed }
            : { 'tokenizer.json': changed, 'tokenizer_config.json': config };
          await tried(
            counts,
            () => use(files, ''),
            () => JSON.stringify(changes),
          );
        },
      ),
      { seed: 31, numRuns: 250 },
    );
  },
  120_000,
);

test.each(readdirSync(join(FIXTURES, 'tokenizers')).filter((file) => file.endsWith('.json')))(
  'fixture %s, bytes and values',
  async (file) => {
    const { json, slow } = JSON.parse(readFileSync(join(FIXTURES, 'tokenizers', file), 'utf8'));
    await fc.assert(
      fc.asyncProperty(jsonChange, byteChange, async (change, bytes) => {
        await tried(
          counts,
          () => use({ 'tokenizer.json': changeJson(json, change) }, ''),
          () => JSON.stringify(change),
        );
        for (const name of Object.keys(slow ?? {})) {
          const damaged = changeBytes(new TextEncoder().encode(slow[name]), bytes);
          await tried(
            counts,
            () => use({ ...slow, [name]: damaged }, ''),
            () => `${name}: ${JSON.stringify(bytes)}`,
          );
        }
      }),
      { seed: 32, numRuns: 150 },
    );
  },
  120_000,
);

const MODELS = readdirSync(join(FIXTURES, 'sentencepiece')).flatMap((file) =>
  file.endsWith('.model') ? [file.slice(0, -6)] : [],
);

test.each(MODELS)(
  'SentencePiece, %s',
  async (name) => {
    const { bytes, proto } = sentencePieceFixture(name);
    const vocab = Object.fromEntries([...new Set([...proto.pieces, '</s>', '<unk>'])].map((piece, id) => [piece, id]));
    const large = bytes.length > 100_000;
    await fc.assert(
      fc.asyncProperty(
        byteChange,
        fc.constantFrom('t5', 'pegasus', 'mbart', 'm2m_100', 'marian'),
        async (change, family) => {
          // The pieces stand first, the table of characters last.
          const within = large && change.writes.length % 2 === 0 ? bytes.length : Math.min(bytes.length, 9000);
          const damaged = changeBytes(bytes, change, within);
          const files =
            family === 'marian'
              ? { 'source.spm': damaged, 'target.spm': bytes, 'vocab.json': vocab }
              : { [family === 't5' || family === 'pegasus' ? 'spiece.model' : 'sentencepiece.bpe.model']: damaged };
          await tried(
            counts,
            () => use(files, family),
            () => JSON.stringify(change),
          );
        },
      ),
      { seed: 33, numRuns: large ? 150 : 500 },
    );
  },
  120_000,
);

test('special_tokens_map.json, added_tokens.json and vocab.json beside SentencePiece', async () => {
  const { bytes, proto } = sentencePieceFixture('unigram-suffix');
  const files = {
    'vocab.json': Object.fromEntries([...new Set([...proto.pieces, '</s>', '<unk>'])].map((piece, id) => [piece, id])),
    'added_tokens.json': { '<new>': 900, '>>fra<<': 901 },
    'special_tokens_map.json': {
      eos_token: '</s>',
      unk_token: { content: '<unk>' },
      additional_special_tokens: ['>>fra<<'],
    },
    'tokenizer_config.json': {
      added_tokens_decoder: { 900: { content: '<new>', special: false, lstrip: true } },
      extra_ids: 10,
    },
  };
  const all: Record<string, unknown> = { ...files, 'source.spm': bytes, 'target.spm': bytes };
  await fc.assert(
    fc.asyncProperty(jsonChange, fc.constantFrom(...Object.keys(files)), async (change, name) => {
      const changed = { ...all, [name]: changeJson(all[name], change) };
      await tried(
        counts,
        () => use(changed, 'marian'),
        () => `${name}: ${JSON.stringify(change)}`,
      );
      const single = { 'spiece.model': bytes, [name]: changeJson(all[name], change) };
      await tried(
        counts,
        () => use(single, 't5'),
        () => `${name}: ${JSON.stringify(change)}`,
      );
    }),
    { seed: 34, numRuns: 500 },
  );
}, 120_000);

test('patterns made of whatever patterns are made of are refused, or end on the worst of texts', () => {
  const atom = fc.constantFrom('a', '.', '\\s', '[ab]', '\\p{L}', '[^\\s]', 'b', '\\w');
  const count = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '{40}');
  const { pattern } = fc.letrec((tie) => ({
    term: fc.oneof(
      { maxDepth: 3 },
      fc.tuple(atom, count).map((parts) => parts.join('')),
      fc.tuple(fc.constantFrom('(', '(?:'), tie('pattern'), fc.constant(')'), count).map((parts) => parts.join('')),
      fc.tuple(fc.constantFrom('(?=', '(?<!'), tie('pattern'), fc.constant(')')).map((parts) => parts.join('')),
    ),
    pattern: fc
      .array(fc.array(tie('term'), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 2 })
      .map((branches) => branches.map((terms) => terms.join('')).join('|')),
  }));
  let accepted = 0;
  const own = { read: 0, refused: 0 };
  const started = performance.now();
  fc.assert(
    fc.property(pattern as fc.Arbitrary<string>, (source) => {
      if (riskyPattern(source)) {
        own.refused++;
        return;
      }
      own.read++;
      accepted++;
      // Forty letters would keep an exponential pattern busy for a thousand years.
      for (const text of [`${'a'.repeat(40)}!`, `${'ab'.repeat(20)}!`, `${' '.repeat(40)}!`])
        text.match(new RegExp(`(?:${source})$`, 'gu'));
    }),
    { seed: 35, numRuns: 5000 },
  );
  expect(accepted).toBeGreaterThan(300);
  tell('patterns', own, started);
}, 120_000);
