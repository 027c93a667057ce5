import { LETTER_OF_BYTE } from '../../../../src/model/tokenizer/token-labels.ts';
import type { TokenizerFiles } from '../../../../src/model/tokenizer/tokenizer-files.ts';

/** A folder in memory. */
export function folderOf(files: Record<string, unknown>): TokenizerFiles {
  return {
    folder: '/models/small',
    read: async (name) => {
      const file = files[name];
      if (file === undefined || file instanceof Uint8Array) return file;
      return new TextEncoder().encode(typeof file === 'string' ? file : JSON.stringify(file));
    },
  };
}

const special = (id: number, content: string) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});

const table = (pieces: readonly string[]) => Object.fromEntries(pieces.map((piece, id) => [piece, id]));
const shell = {
  version: '1.0',
  truncation: null,
  padding: null,
  normalizer: null,
  pre_tokenizer: null,
  post_processor: null,
  decoder: null,
};

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);

/** One small tokenizer of each kind, built as published ones are. */
export const SMALL_TOKENIZERS: Record<string, { json: Record<string, unknown>; config: Record<string, unknown> }> = {
  'Unigram with Precompiled and Metaspace (Marian, T5)': {
    json: {
      ...shell,
      added_tokens: [special(0, '</s>'), special(1, '<unk>')],
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'Precompiled', precompiled_charsmap: '' },
          { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' },
        ],
      },
      pre_tokenizer: { type: 'Metaspace', replacement: '▁', add_prefix_space: true, prepend_scheme: 'always' },
      post_processor: {
        type: 'TemplateProcessing',
        single: [{ Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '</s>', type_id: 0 } }],
        pair: [],
        special_tokens: {},
      },
      decoder: { type: 'Metaspace', replacement: '▁', add_prefix_space: true },
      model: {
        type: 'Unigram',
        unk_id: 1,
        vocab: [
          ['</s>', 0],
          ['<unk>', 0],
          ['>>fra<<', 0],
          ['▁', -2],
          ['▁the', -2],
          ['▁ca', -4],
          ['é', -5],
          ['fi', -5],
          ['我们', -5],
          ['我', -6],
          ['ガ', -6],
          ...letters.map((x) => [x, -8]),
        ],
      },
    },
    config: { eos_token: '</s>', unk_token: '<unk>' },
  },
  'byte-level BPE (GPT-2, BART)': {
    json: {
      ...shell,
      added_tokens: [special(256 + 3, '<s>'), { ...special(256 + 4, '<keep>'), special: false, lstrip: true }],
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
      post_processor: { type: 'RobertaProcessing', sep: ['<s>', 259], cls: ['<s>', 259] },
      decoder: { type: 'ByteLevel' },
      model: {
        type: 'BPE',
        vocab: table([...LETTER_OF_BYTE, 'th', 'the', 'Ġthe']),
        merges: ['t h', 'th e', 'Ġ the'],
      },
    },
    config: {},
  },
  'BPE with byte fallback (Llama, Gemma)': {
    json: {
      ...shell,
      added_tokens: [special(0, '<unk>'), special(1, '<s>')],
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'Prepend', prepend: '▁' },
          { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
        ],
      },
      post_processor: {
        type: 'TemplateProcessing',
        single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
        pair: [],
        special_tokens: {},
      },
      decoder: {
        type: 'Sequence',
        decoders: [
          { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
          { type: 'ByteFallback' },
          { type: 'Fuse' },
          { type: 'Strip', content: ' ', start: 1, stop: 0 },
        ],
      },
      model: {
        type: 'BPE',
        unk_token: '<unk>',
        fuse_unk: true,
        byte_fallback: true,
        vocab: table(['<unk>', '<s>', ...bytes, '▁', ...letters, 'th', 'the', '▁the', '我']),
        merges: [
          ['t', 'h'],
          ['th', 'e'],
          ['▁', 'the'],
        ],
      },
    },
    config: {},
  },
  'WordPiece, lower case, accents stripped (BERT)': {
    json: {
      ...shell,
      added_tokens: [special(0, '[PAD]'), special(1, '[UNK]'), special(2, '[CLS]'), special(3, '[SEP]')],
      normalizer: {
        type: 'BertNormalizer',
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase: true,
      },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: { type: 'BertProcessing', sep: ['[SEP]', 3], cls: ['[CLS]', 2] },
      decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab: table([
          '[PAD]',
          '[UNK]',
          '[CLS]',
          '[SEP]',
          'the',
          'cafe',
          '我',
          '.',
          ',',
          '!',
          ...letters,
          ...letters.map((x) => `##${x}`),
        ]),
      },
    },
    config: {},
  },
  'BPE with end-of-word marks, NFKC and case folding (CLIP)': {
    json: {
      ...shell,
      added_tokens: [special(0, '<unk>')],
      normalizer: {
        type: 'Sequence',
        normalizers: [{ type: 'NFKC' }, { type: 'Strip', strip_left: true, strip_right: true }, { type: 'Lowercase' }],
      },
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'WhitespaceSplit' },
          { type: 'Punctuation' },
          { type: 'Digits', individual_digits: true },
        ],
      },
      decoder: { type: 'BPEDecoder', suffix: '</w>' },
      model: {
        type: 'BPE',
        unk_token: '<unk>',
        end_of_word_suffix: '</w>',
        vocab: table([
          '<unk>',
          ...letters,
          ...letters.map((x) => `${x}</w>`),
          'th',
          'the</w>',
          'ς</w>',
          'σ',
          '1</w>',
          '.</w>',
        ]),
        merges: ['t h', 'th e</w>'],
      },
    },
    config: {},
  },
  'Unigram after NFD, stripped accents and a split at a pattern': {
    json: {
      ...shell,
      added_tokens: [],
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'NFD' },
          { type: 'StripAccents' },
          { type: 'Replace', pattern: { String: 'qu' }, content: 'kw' },
        ],
      },
      pre_tokenizer: { type: 'Split', pattern: { Regex: '\\s+|\\p{P}' }, behavior: 'Isolated', invert: false },
      model: {
        type: 'Unigram',
        unk_id: 0,
        vocab: [['<unk>', 0], ['the', -3], [' ', -3], ['ie', -4], ...letters.map((x) => [x, -8])],
      },
    },
    config: {},
  },
};
