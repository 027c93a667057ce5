import type { JsonObject } from '../../base/untrusted-json.ts';
import type { TokenizerFiles } from '../loading/load-tokenizer.ts';
import { readVocabulary } from './slow/read-vocabulary.ts';
import type { SpecialNames } from './slow/special-names.ts';
import { addedTokens, robertaProcessing } from './slow/token-json.ts';
import { tokenizerFileError } from './tokenizer-file-error.ts';
import { readText } from './tokenizer-files.ts';

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
    if (pair.length !== 2 || pair.includes('')) throw tokenizerFileError(file, `line ${i + 1} is no pair of pieces`);
    merges.push(pair);
  }
  return merges;
}
