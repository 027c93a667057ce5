import { message } from '../../contract/error.ts';
import type { JsonObject } from '../../contract/untrusted-json.ts';
import {
  readText,
  readVocabulary,
  type SpecialNames,
  type TokenizerFiles,
  tokenizerFileError,
} from './tokenizer-files.ts';

/** Names of special tokens by the parts that they play, where the files name no others. */
const GPT_2: Readonly<Record<string, string>> = { bos: '<|endoftext|>', eos: '<|endoftext|>', unk: '<|endoftext|>' };
const ROBERTA: Readonly<Record<string, string>> = {
  bos: '<s>',
  eos: '</s>',
  unk: '<unk>',
  pad: '<pad>',
  cls: '<s>',
  sep: '</s>',
  mask: '<mask>',
};

/**
 * Byte-level BPE of GPT-2, RoBERTa, BART and Whisper: vocab.json and merges.txt, as the tokenizer.json that says the same.
 * @returns undefined when either file is missing    @throws ExplorerError tokenizer-file
 * Source: transformers, convert_slow_tokenizer.py.
 */
export async function bytePairsJson(files: TokenizerFiles, names: SpecialNames): Promise<JsonObject | undefined> {
  const vocab = await readVocabulary(files, 'vocab.json');
  const merges = await readText(files, 'merges.txt');
  if (vocab === undefined || merges === undefined) return undefined;
  // Nothing else tells them apart as surely: who has <s> uses it.
  const family = vocab.has('<s>') && vocab.has('</s>') ? ROBERTA : GPT_2;
  const addPrefixSpace = names.config.add_prefix_space === true;
  return {
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: addPrefixSpace, trim_offsets: true, use_regex: true },
    post_processor:
      family === ROBERTA
        ? robertaProcessing(vocab, names.name('cls', '<s>'), names.name('sep', '</s>'), addPrefixSpace)
        : null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
    added_tokens: addedTokens(vocab, names, family),
    model: {
      type: 'BPE',
      vocab: Object.fromEntries(vocab),
      merges: readMerges(merges, `${files.folder}/merges.txt`),
    },
  };
}

function readMerges(text: string, file: string): string[][] {
  const lines = text.split('\n');
  if (lines[0].startsWith('#version')) lines.shift();
  const merges: string[][] = [];
  for (const [i, line] of lines.entries()) {
    const pair = line.replace(/\r$/, '').split(' ');
    if (pair.length === 1 && pair[0] === '') continue;
    if (pair.length !== 2 || pair.includes(''))
      throw tokenizerFileError(file, message('line {line} is no pair of pieces', { line: i + 1 }));
    merges.push(pair);
  }
  return merges;
}

const BERT: Readonly<Record<string, string>> = {
  unk: '[UNK]',
  sep: '[SEP]',
  pad: '[PAD]',
  cls: '[CLS]',
  mask: '[MASK]',
};

/**
 * WordPiece of BERT and DistilBERT: vocab.txt, a piece a line, as the tokenizer.json that says the same.
 * @returns undefined when there is no such file    @throws ExplorerError tokenizer-file
 * Source: transformers, tokenization_bert.py and convert_slow_tokenizer.py.
 */
export async function wordPieceJson(files: TokenizerFiles, names: SpecialNames): Promise<JsonObject | undefined> {
  const text = await readText(files, 'vocab.txt');
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const vocab = new Map(lines.map((line, id): [string, number] => [line.replace(/\r$/, ''), id]));
  const file = `${files.folder}/vocab.txt`;
  const unknown = names.name('unk', BERT.unk);
  if (!vocab.has(unknown)) throw tokenizerFileError(file, message('it has no {piece}', { piece: unknown }));
  const { config } = names;
  return {
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: config.tokenize_chinese_chars !== false,
      strip_accents: typeof config.strip_accents === 'boolean' ? config.strip_accents : null,
      lowercase: config.do_lower_case !== false,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: bertProcessing(vocab, names.name('cls', BERT.cls), names.name('sep', BERT.sep)),
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    added_tokens: addedTokens(vocab, names, BERT),
    model: {
      type: 'WordPiece',
      unk_token: unknown,
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocab),
    },
  };
}

/** `added_tokens` of a tokenizer.json: the special tokens of the files, and what was added to the vocabulary. */
function addedTokens(
  vocab: ReadonlyMap<string, number>,
  names: SpecialNames,
  parts: Readonly<Record<string, string>>,
): JsonObject[] {
  const tokens = new Map<string, JsonObject>();
  const special = [...Object.entries(parts).map(([part, name]) => names.name(part, name)), ...names.additional];
  for (const content of special) {
    const id = vocab.get(content);
    if (id !== undefined) tokens.set(content, { id, content, special: true, normalized: false });
  }
  for (const { id, content, special: isSpecial, lstrip, rstrip } of names.extra) {
    tokens.set(content, { id, content, special: isSpecial, lstrip, rstrip, normalized: false });
  }
  return [...tokens.values()];
}

/** `<s> text </s>`, as RoBERTa and BART have it; none where the vocabulary lacks one of the two. */
function robertaProcessing(
  vocab: ReadonlyMap<string, number>,
  cls: string,
  sep: string,
  addPrefixSpace: boolean,
): JsonObject | null {
  const parts = around(vocab, cls, sep);
  return parts && { type: 'RobertaProcessing', ...parts, trim_offsets: true, add_prefix_space: addPrefixSpace };
}

/** `[CLS] text [SEP]`; none where the vocabulary lacks one of the two. */
function bertProcessing(vocab: ReadonlyMap<string, number>, cls: string, sep: string): JsonObject | null {
  const parts = around(vocab, cls, sep);
  return parts && { type: 'BertProcessing', ...parts };
}

function around(vocab: ReadonlyMap<string, number>, cls: string, sep: string): JsonObject | null {
  const [first, last] = [vocab.get(cls), vocab.get(sep)];
  return first === undefined || last === undefined ? null : { cls: [cls, first], sep: [sep, last] };
}
