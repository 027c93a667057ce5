import { describe, expect, test } from 'vitest';
import { loadTokenizer } from '../../../../src/model/loading/load-tokenizer.ts';
import { sentencePieceFixture } from '../tokenizer/sentencepiece/sentencepiece-files.ts';
import { folderOf } from '../tokenizer/tokenizer-files.ts';

const UNIGRAM = sentencePieceFixture('unigram-nmt-nfkc');
const BPE = sentencePieceFixture('bpe-nfkc-cf');
const SIZE = UNIGRAM.proto.pieces.length;
const ids = (tokens: readonly { readonly id: number }[]) => tokens.map(({ id }) => id);

async function load(files: Record<string, unknown>, family: string, vocabulary = 300_000) {
  return (await loadTokenizer(folderOf(files), vocabulary, family))!;
}

describe('Marian: source.spm, target.spm and vocab.json', () => {
  // Both sides share one vocabulary, in an order of its own, which lacks a few pieces.
  const missing = new Set(['▁like', 'cat']);
  const pieces = [...new Set([...UNIGRAM.proto.pieces, ...BPE.proto.pieces])].filter((one) => !missing.has(one));
  const order = [
    '</s>',
    '<unk>',
    ...pieces.filter((one) => !['</s>', '<unk>'].includes(one)).reverse(),
    '>>fra<<',
    '<pad>',
  ];
  const vocab = new Map(order.map((piece, id) => [piece, id]));
  const files = {
    'source.spm': UNIGRAM.bytes,
    'target.spm': BPE.bytes,
    'vocab.json': Object.fromEntries(vocab),
    'tokenizer_config.json': { source_lang: 'eng', target_lang: 'mul' },
  };

  test.each([
    ['source', UNIGRAM],
    ['target', BPE],
  ] as const)('the %s is cut by its own file, and ids come from the vocabulary', async (side, { proto, rows }) => {
    const tokenizer = await load(files, 'marian');
    for (const [text, expected] of rows) {
      const found = tokenizer.encode(text, { side });
      expect(found.at(-1)).toMatchObject({ id: 0, text: '</s>', special: true });
      const known = expected.map((id) => (id === proto.unknown ? undefined : vocab.get(proto.pieces[id])));
      // Where the file knows no piece, the vocabulary may, by the text itself.
      for (const [i, id] of known.entries()) if (id !== undefined) expect(found[i].id, text).toBe(id);
      if (!expected.includes(proto.unknown)) expect(found.length, text).toBe(expected.length + 1);
    }
  });

  test('a piece that only the vocabulary lacks is unknown, shown as the user wrote it', async () => {
    const tokenizer = await load(files, 'marian');
    const tokens = tokenizer.encode('I like it');
    expect(tokens.find(({ text }) => text === 'like')).toMatchObject({ id: 1, start: 2, end: 6 });
  });

  test('language tags and special tokens are only where the tokenizer puts them', async () => {
    const tokenizer = await load(files, 'marian');
    const tag = vocab.get('>>fra<<')!;
    expect(tokenizer.encode('the', { prefix: '>>fra<<' })[0]).toMatchObject({ id: tag, special: true });
    for (const text of ['>>fra<< the', 'the </s>', '<pad>']) {
      expect(ids(tokenizer.encode(text)).slice(0, -1)).not.toContain(tag);
      expect(ids(tokenizer.encode(text)).slice(0, -1)).not.toContain(0);
      expect(ids(tokenizer.encode(text))).not.toContain(vocab.get('<pad>'));
    }
  });

  test('ids become text again', async () => {
    const tokenizer = await load(files, 'marian');
    expect(tokenizer.decode(ids(tokenizer.encode('the model of the world')))).toBe('the model of the world');
    const target = ids(tokenizer.encode('我们 喜欢', { side: 'target' }));
    expect(tokenizer.decode(target, { side: 'target' })).toBe('我们 喜欢');
    expect(tokenizer.label(0)).toEqual({ text: '</s>', special: true });
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['vocab.json', { ...files, 'vocab.json': undefined }, /vocab\.json .*missing beside/],
    ['target.spm', { ...files, 'target.spm': undefined }, /target\.spm .*missing beside/],
    ['an end token', { ...files, 'vocab.json': { '<unk>': 0, a: 1 } }, /has no <\/s>/],
    ['whole ids', { ...files, 'vocab.json': { '<unk>': 0.5, a: 1 } }, /“<unk>” is not a whole number/],
  ])('without %s: says which file', async (_, broken, message) => {
    await expect(load(broken, 'marian')).rejects.toMatchObject({
      code: 'tokenizer-file',
      message: expect.stringMatching(message),
    });
  });

  test('more ids than the model has tokens: says both numbers', async () => {
    await expect(load(files, 'marian', 50)).rejects.toMatchObject({
      code: 'tokenizer-mismatch',
      params: { largest: order.length - 1, vocabulary: 50 },
    });
  });
});

describe('spiece.model', () => {
  test('T5: ids of the file, an end token, 100 sentinels behind, the first last', async () => {
    const tokenizer = await load({ 'spiece.model': UNIGRAM.bytes }, 't5');
    for (const [text, expected] of UNIGRAM.rows) expect(ids(tokenizer.encode(text))).toEqual([...expected, 2]);
    expect(tokenizer.id('<extra_id_0>')).toBe(SIZE + 99);
    expect(tokenizer.id('<extra_id_99>')).toBe(SIZE);
    expect(ids(tokenizer.encode('<extra_id_0>'))).not.toContain(SIZE + 99);
  });

  test('mT5: no sentinels where the vocabulary has no room for them', async () => {
    const tokenizer = await load({ 'spiece.model': UNIGRAM.bytes }, 'mt5', SIZE);
    expect(tokenizer.id('<extra_id_0>')).toBeUndefined();
  });

  test('T5: tokens that were added have the ids that the config gives', async () => {
    const config = {
      added_tokens_decoder: { [SIZE + 200]: { content: '<new>', special: false, lstrip: true, rstrip: false } },
    };
    const tokenizer = await load({ 'spiece.model': UNIGRAM.bytes, 'tokenizer_config.json': config }, 't5');
    const tokens = tokenizer.encode('the <new> model');
    expect(tokens.filter(({ id }) => id === SIZE + 200)).toMatchObject([{ text: '<new>', start: 4, end: 9 }]);
  });

  test('Pegasus: ids moved on by 103, padding and end before', async () => {
    const tokenizer = await load({ 'spiece.model': BPE.bytes }, 'pegasus');
    for (const [text, expected] of BPE.rows) {
      expect(ids(tokenizer.encode(text))).toEqual([...expected.map((id) => id + 103), 1]);
    }
    expect([
      tokenizer.id('<pad>'),
      tokenizer.id('<mask_1>'),
      tokenizer.id('<unk_2>'),
      tokenizer.id('<unk_102>'),
    ]).toEqual([0, 2, 4, 104]);
    expect(tokenizer.id('<unk>')).toBe(BPE.proto.unknown + 103);
  });

  test('words that are put before the text belong to no part of it', async () => {
    const tokenizer = await load({ 'spiece.model': UNIGRAM.bytes }, 't5');
    const tokens = tokenizer.encode('the 我们', { task: 'translate English to German: ' });
    expect(ids(tokens)).toEqual(ids(tokenizer.encode('translate English to German: the 我们')));
    const own = tokens.filter(({ special }) => !special);
    expect(own.map(({ start, end }) => 'the 我们'.slice(start, end)).filter((one) => one !== ' ')).toEqual([
      'the',
      '我们',
    ]);
    for (const { special, start, end } of tokens.slice(0, 5)) expect([special, start, end]).toEqual([true, 0, 0]);
  });
});

describe('sentencepiece.bpe.model', () => {
  const file = { 'sentencepiece.bpe.model': UNIGRAM.bytes };
  const moved = (expected: readonly number[]) => expected.map((id) => (id === UNIGRAM.proto.unknown ? 3 : id + 1));

  test.each<[string, string, Record<string, unknown>, (text: number[]) => number[]]>([
    ['mBART', 'mbart', {}, (text) => [...text, 2, SIZE + 1 + 3]],
    [
      'mBART-50',
      'mbart',
      { tokenizer_class: 'MBart50Tokenizer', src_lang: 'de_DE' },
      (text) => [SIZE + 1 + 2, ...text, 2],
    ],
    ['NLLB', 'm2m_100', { tokenizer_class: 'NllbTokenizer' }, (text) => [SIZE + 1 + 46, ...text, 2]],
    [
      'NLLB as it was',
      'm2m_100',
      { tokenizer_class: 'NllbTokenizer', legacy_behaviour: true },
      (text) => [...text, 2, SIZE + 1 + 46],
    ],
    ['XLM-RoBERTa', 'xlm-roberta', {}, (text) => [0, ...text, 2]],
  ])('%s: fairseq’s ids, codes where the family puts them', async (_, family, config, around) => {
    const tokenizer = await load({ ...file, 'tokenizer_config.json': config }, family);
    for (const [text, expected] of UNIGRAM.rows) expect(ids(tokenizer.encode(text))).toEqual(around(moved(expected)));
  });

  test('codes and mask follow the pieces', async () => {
    const mbart = await load(file, 'mbart');
    expect([mbart.id('ar_AR'), mbart.id('zh_CN'), mbart.id('<mask>')]).toEqual([SIZE + 1, SIZE + 25, SIZE + 26]);
    const fifty = await load(
      { ...file, 'tokenizer_config.json': { tokenizer_class: 'MBart50TokenizerFast' } },
      'mbart',
    );
    expect([fifty.id('sl_SI'), fifty.id('<mask>')]).toEqual([SIZE + 52, SIZE + 53]);
    const nllb = await load({ ...file, 'tokenizer_config.json': { tokenizer_class: 'NllbTokenizer' } }, 'm2m_100');
    expect([nllb.id('ace_Arab'), nllb.id('zul_Latn'), nllb.id('<mask>')]).toEqual([SIZE + 1, SIZE + 202, SIZE + 203]);
  });

  test('M2M-100: ids from vocab.json, language tokens behind', async () => {
    const order = ['<s>', '<pad>', '</s>', '<unk>', ...UNIGRAM.proto.pieces.slice(3).reverse()];
    const vocab = new Map(order.map((piece, id) => [piece, id]));
    const tokenizer = await load({ ...file, 'vocab.json': Object.fromEntries(vocab) }, 'm2m_100');
    for (const [text, expected] of UNIGRAM.rows) {
      const own = expected.map((id) => (id === UNIGRAM.proto.unknown ? 3 : vocab.get(UNIGRAM.proto.pieces[id])!));
      expect(ids(tokenizer.encode(text))).toEqual([order.length + 18, ...own, 2]);
    }
    expect([tokenizer.id('__af__'), tokenizer.id('__zu__')]).toEqual([order.length, order.length + 99]);
  });
});

test('a folder with neither has no tokenizer', async () => {
  expect(await loadTokenizer(folderOf({ 'vocab.json': { a: 0 } }), 10, 'bart')).toBeUndefined();
});
