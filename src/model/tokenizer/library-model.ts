import type { JsonObject } from '../../contract/untrusted-json.ts';
import { followMapped, type LibraryNormalizer, normalizeMapped } from './normalizer.ts';
import { type LibraryPreTokenizer, preTokenizeMapped } from './pre-tokenizer.ts';
import { PrefixIndex } from './prefix-index.ts';
import { byteTokens, encodeSubwords, type LibraryModelPart, type Subword, type SubwordModel } from './subword-model.ts';
import { Unigram } from './unigram.ts';

/** The parts of @huggingface/tokenizers' Tokenizer that are run one by one here. */
export interface Library {
  normalizer: LibraryNormalizer | null;
  readonly pre_tokenizer: LibraryPreTokenizer | null;
  readonly model: LibraryModelPart;
  readonly post_processor: {
    post_process(tokens: string[], pair: null, special: true): { readonly tokens: readonly string[] };
  } | null;
  readonly do_lowercase_and_remove_accent?: boolean;
  readonly remove_space?: boolean;
  decode(ids: number[]): string;
}

/**
 * What a tokenizer.json describes, run by the library's own parts.
 * @param json the file that `library` was made from, its special tokens under names that no text holds
 * @param unknown id of the unknown token
 */
export function libraryModel(library: Library, json: JsonObject, unknown: number | undefined): SubwordModel {
  const { model, normalizer, pre_tokenizer: splitter } = library;
  const normalizerJson = json.normalizer as JsonObject | null | undefined;
  const splitterJson = json.pre_tokenizer as JsonObject | null | undefined;
  const idOf = (token: string) => model.tokens_to_ids.get(token) ?? -1;
  const cut = unigramOf(json.model as JsonObject);
  /** Byte pieces in place of an unknown one, where the model has them all. */
  const spelt = (token: string): string[] => {
    const bytes = model.byte_fallback ? byteTokens(token) : [];
    return bytes.every((byte) => model.tokens_to_ids.has(byte)) ? bytes : [];
  };
  return {
    normalize(section) {
      let text = section;
      if (library.remove_space) text = followMapped(text, (part) => part.trim().split(/\s+/).join(' '));
      if (library.do_lowercase_and_remove_accent) {
        text = followMapped(text, (part) => part.toLowerCase().replace(/\p{M}/gu, ''));
      }
      return normalizer && normalizerJson ? normalizeMapped(text, normalizer, normalizerJson) : text;
    },
    split: (text, section) =>
      splitter && splitterJson ? preTokenizeMapped(text, splitter, splitterJson, section) : [text],
    pieces(text): Subword[] {
      if (cut === undefined) {
        return encodeSubwords(model, text).map((piece) => ({
          ...piece,
          id: piece.unknown ? (unknown ?? -1) : idOf(piece.token),
        }));
      }
      return cut.cut(text).flatMap(({ id, from, to }): Subword[] => {
        const missing = id < 0 || id === unknown;
        const token = text.slice(from, to);
        const bytes = missing ? spelt(token) : [];
        if (bytes.length > 0) return bytes.map((byte) => ({ token: byte, id: idOf(byte), from, to, unknown: false }));
        return [{ token, id: missing ? (unknown ?? -1) : id, from, to, unknown: missing }];
      });
    },
    fuseUnknown: model.fuse_unk,
    piece: (id) => model.vocab[id],
    id: (piece) => model.tokens_to_ids.get(piece),
    decode: (ids) => library.decode([...ids]),
  };
}

/** The segmenter of a Unigram model; undefined for the others, which the library runs. */
function unigramOf(model: JsonObject): Unigram | undefined {
  if (!Array.isArray(model.vocab)) return undefined;
  const vocab = model.vocab as readonly (readonly [string, number])[];
  const leastScore = vocab.reduce((least, [, score]) => Math.min(least, score), Number.POSITIVE_INFINITY);
  const pieces = new PrefixIndex();
  for (const [id, [piece]] of vocab.entries()) pieces.add(piece, id);
  return new Unigram({
    pieces,
    score: (id) => vocab[id][1],
    leastScore,
    single: false,
  });
}
