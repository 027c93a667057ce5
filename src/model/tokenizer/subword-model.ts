import type { MappedText } from './mapped-text.ts';

/** One piece of a pre-token: units [from, to) of it. */
export interface Subword {
  readonly token: string;
  /** −1 where neither the piece nor an unknown token has an id: it is left out. */
  readonly id: number;
  readonly from: number;
  readonly to: number;
  readonly unknown: boolean;
}

/** How text becomes pieces and ids become text, whatever files it was read from. */
export interface SubwordModel {
  /** Text between added tokens → the text that is cut, with the way back. */
  normalize(text: MappedText): MappedText;
  /** @param section number of the part between added tokens */
  split(text: MappedText, section: number): MappedText[];
  /** Pieces of one part, in order; several may stand for the same units (bytes of a character). */
  pieces(text: string): readonly Subword[];
  /** Runs of unknown pieces are one unknown piece. */
  readonly fuseUnknown: boolean;
  piece(id: number): string | undefined;
  id(piece: string): number | undefined;
  decode(ids: readonly number[]): string;
}

/** What this file uses of the library's models. */
export interface LibraryModelPart {
  readonly config: { readonly type?: string; readonly continuing_subword_prefix?: string };
  vocab: (string | undefined)[];
  tokens_to_ids: Map<string, number>;
  unk_token_id?: number | null;
  unk_token?: string | null;
  readonly fuse_unk: boolean;
  readonly end_of_word_suffix?: string | null;
  readonly continuing_subword_suffix?: string | null;
  byte_fallback?: boolean;
  readonly ignore_merges?: boolean;
  encode(tokens: string[]): string[];
  bpe?(token: string): string[];
}

/** One piece of a pre-token, by name. */
type NamedSubword = Omit<Subword, 'id'>;

const encoder = new TextEncoder();

/** Pieces of one pre-token, as the library's BPE and WordPiece cut it, with the units that each one takes. */
export function encodeSubwords(model: LibraryModelPart, text: string): NamedSubword[] {
  if (text.length === 0) return [];
  return model.bpe ? bytePairs(model, text) : formatList(model, text);
}

/** WordPiece puts a mark before all but the first, or one unknown for all. */
function formatList(model: LibraryModelPart, text: string): NamedSubword[] {
  const prefix = model.config.continuing_subword_prefix ?? '';
  const pieces: NamedSubword[] = [];
  let at = 0;
  for (const [i, token] of model.encode([text]).entries()) {
    const unknown = !model.tokens_to_ids.has(token) || token === model.unk_token;
    let length = i > 0 && prefix && token.startsWith(prefix) ? token.length - prefix.length : token.length;
    if (token === model.unk_token) length = text.length - at;
    pieces.push({ token, from: at, to: Math.min(text.length, at + length), unknown });
    at += length;
  }
  return pieces;
}

function bytePairs(model: LibraryModelPart, text: string): NamedSubword[] {
  if (model.ignore_merges && model.tokens_to_ids.has(text)) {
    return [{ token: text, from: 0, to: text.length, unknown: false }];
  }
  const tokens = model.bpe?.(text) ?? [];
  const pieces: NamedSubword[] = [];
  let from = 0;
  for (const [i, token] of tokens.entries()) {
    const suffix = (i < tokens.length - 1 ? model.continuing_subword_suffix : model.end_of_word_suffix) ?? '';
    const to = Math.min(text.length, from + token.length - (suffix && token.endsWith(suffix) ? suffix.length : 0));
    if (model.tokens_to_ids.has(token)) pieces.push({ token, from, to, unknown: false });
    else {
      const bytes = model.byte_fallback ? byteTokens(token) : [];
      if (bytes.length > 0 && bytes.every((byte) => model.tokens_to_ids.has(byte))) {
        for (const byte of bytes) pieces.push({ token: byte, from, to, unknown: false });
      } else if (typeof model.unk_token === 'string') pieces.push({ token: model.unk_token, from, to, unknown: true });
    }
    from = to;
  }
  return pieces;
}

/** A piece as the names of its UTF-8 bytes, `<0xE5>`. */
export function byteTokens(token: string): string[] {
  return Array.from(encoder.encode(token), (byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
}
