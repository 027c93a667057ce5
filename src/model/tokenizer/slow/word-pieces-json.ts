import type { JsonObject } from '../../../base/untrusted-json.ts';
import type { TokenizerFiles } from '../../loading/load-tokenizer.ts';
import { tokenizerFileError } from '../tokenizer-file-error.ts';
import { readText } from '../tokenizer-files.ts';
import type { SpecialNames } from './special-names.ts';
import { addedTokens, bertProcessing } from './token-json.ts';

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
export async function wordPiecesJson(files: TokenizerFiles, names: SpecialNames): Promise<JsonObject | undefined> {
  const text = await readText(files, 'vocab.txt');
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const vocab = new Map(lines.map((line, id): [string, number] => [line.replace(/\r$/, ''), id]));
  const file = `${files.folder}/vocab.txt`;
  const unknown = names.name('unk', BERT.unk);
  if (!vocab.has(unknown)) throw tokenizerFileError(file, `it has no ${unknown}`);
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
