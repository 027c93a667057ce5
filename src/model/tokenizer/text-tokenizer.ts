import { ExplorerError } from '../../protocol/explorer-error.ts';
import type { TokenInfo } from '../../protocol/run.ts';
import type { Tokenizer } from '../model.ts';
import type { JsonObject } from './json.ts';
import { type MappedText, mapText, spanOf } from './mapped-text.ts';
import { type LibraryModel, modelPieces } from './model-pieces.ts';
import { followMapped, type LibraryNormalizer, normalizeMapped } from './normalize-mapped.ts';
import { numberWords } from './number-words.ts';
import { type PieceStyle, pieceLabel } from './piece-label.ts';
import { type LibraryPreTokenizer, preTokenizeMapped } from './pre-tokenize-mapped.ts';
import { type Span, settleSpans } from './settle-spans.ts';
import { type AddedToken, splitAdded } from './split-added.ts';

/** The parts of @huggingface/tokenizers' Tokenizer that are run one by one here. */
export interface Library {
  readonly normalizer: LibraryNormalizer | null;
  readonly pre_tokenizer: LibraryPreTokenizer | null;
  readonly model: LibraryModel;
  readonly post_processor: {
    post_process(tokens: string[], pair: null, special: true): { readonly tokens: readonly string[] };
  } | null;
  readonly do_lowercase_and_remove_accent?: boolean;
  readonly remove_space?: boolean;
  decode(ids: number[]): string;
}

export interface TextTokenizerParts {
  /** Made from a tokenizer.json whose special tokens bear names that no text contains. */
  readonly library: Library;
  readonly normalizer: JsonObject | undefined;
  readonly preTokenizer: JsonObject | undefined;
  /** Added tokens that text may contain, found before and after normalization. */
  readonly rawAdded: ReadonlyMap<string, AddedToken>;
  readonly normalizedAdded: ReadonlyMap<string, AddedToken>;
  /** Special tokens under their true names. */
  readonly specials: ReadonlyMap<string, number>;
  readonly unknown: number | undefined;
  readonly style: PieceStyle;
  readonly vocabulary: number;
  readonly folder: string;
}

interface Found extends Span {
  id: number;
  text: string;
  unknown: boolean;
}

/** The library's ids, with the place of each piece in the user's text. See load-tokenizer.ts. */
export class TextTokenizer implements Tokenizer {
  readonly vocabulary: number;
  readonly #parts: TextTokenizerParts;
  readonly #specialNames: ReadonlyMap<number, string>;
  readonly #before: readonly string[];
  readonly #after: readonly string[];

  constructor(parts: TextTokenizerParts) {
    this.#parts = parts;
    this.vocabulary = parts.vocabulary;
    this.#specialNames = new Map([...parts.specials].map(([name, id]) => [id, name]));
    const marker = '\uFFFFtext\uFFFF';
    const around = parts.library.post_processor?.post_process([marker], null, true).tokens ?? [marker];
    const at = around.indexOf(marker);
    this.#before = around.slice(0, Math.max(0, at));
    this.#after = around.slice(at + 1);
  }

  encode(text: string, options: { readonly prefix?: string } = {}): TokenInfo[] {
    const found = this.#find(text);
    const prefix = options.prefix === undefined ? [] : [options.prefix];
    const tokens: Omit<TokenInfo, 'word'>[] = [
      ...[...prefix, ...this.#before].map((name) => this.#special(name, 0)),
      ...found.map(({ id, start, end, text: shown }) => ({ id, text: shown, start, end, special: false })),
      ...this.#after.map((name) => this.#special(name, text.length)),
    ];
    const numbers = numberWords(text, tokens);
    return tokens.map((token, i) => ({ ...token, word: numbers[i] }));
  }

  decode(ids: readonly number[]): string {
    const { library, unknown } = this.#parts;
    const plain = ids.filter(
      (id) => id !== unknown && !this.#specialNames.has(id) && library.model.vocab[id] !== undefined,
    );
    return plain.length === 0 ? '' : library.decode(plain).trim();
  }

  label(id: number): { readonly text: string; readonly special: boolean } {
    const name = this.#specialNames.get(id);
    if (name !== undefined) return { text: name, special: id !== this.#parts.unknown };
    const piece = this.#parts.library.model.vocab[id];
    return { text: piece === undefined ? `#${id}` : pieceLabel(piece, this.#parts.style), special: false };
  }

  #special(name: string, at: number): Omit<TokenInfo, 'word'> {
    const id = this.#parts.specials.get(name) ?? this.#parts.library.model.tokens_to_ids.get(name);
    if (id === undefined) {
      throw new ExplorerError(
        'tokenizer-mismatch',
        `The tokenizer in ${this.#parts.folder} has no token ${name}. Choose another direction, or a tokenizer.json that belongs to this model.`,
        { file: `${this.#parts.folder}/tokenizer.json`, token: name },
      );
    }
    return { id, text: name, start: at, end: at, special: true };
  }

  #find(text: string): Found[] {
    const { rawAdded, normalizedAdded } = this.#parts;
    const found: Found[] = [];
    for (const [i, section] of splitAdded(mapText(text), rawAdded).entries()) {
      if (section.added) found.push(this.#added(section.added, section.text));
      else if (section.text.text.length > 0) {
        const normalized = this.#normalize(section.text);
        if (normalized.text.length === 0) continue;
        for (const part of splitAdded(normalized, normalizedAdded)) {
          if (part.added) found.push(this.#added(part.added, part.text));
          else if (part.text.text.length > 0) for (const piece of this.#pieces(part.text, i)) found.push(piece);
        }
      }
    }
    settleSpans(text, found);
    for (const piece of found) {
      // What the model does not know is shown as the user wrote it.
      if (piece.unknown)
        piece.text = text.slice(piece.start, piece.end).trim() || pieceLabel(piece.text, this.#parts.style);
    }
    return found.filter((piece) => piece.id >= 0);
  }

  #normalize(section: MappedText): MappedText {
    const { library, normalizer } = this.#parts;
    let text = section;
    if (library.remove_space) text = followMapped(text, (part) => part.trim().split(/\s+/).join(' '));
    if (library.do_lowercase_and_remove_accent) {
      text = followMapped(text, (part) => part.toLowerCase().replace(/\p{M}/gu, ''));
    }
    return library.normalizer && normalizer ? normalizeMapped(text, library.normalizer, normalizer) : text;
  }

  #pieces(text: MappedText, section: number): Found[] {
    const { library, preTokenizer, unknown, style } = this.#parts;
    const { model, pre_tokenizer: splitter } = library;
    const parts = splitter && preTokenizer ? preTokenizeMapped(text, splitter, preTokenizer, section) : [text];
    const found: Found[] = [];
    let fusing = false;
    for (const part of parts) {
      for (const piece of modelPieces(model, part.text)) {
        const span = spanOf(part, piece.from, piece.to);
        const previous = found.at(-1);
        if (piece.unknown && fusing && previous) {
          if (span.end > span.start) {
            if (previous.end <= previous.start) previous.start = span.start;
            previous.end = Math.max(previous.end, span.end);
          }
          continue;
        }
        fusing = piece.unknown && model.fuse_unk;
        const id = piece.unknown ? (unknown ?? -1) : (model.tokens_to_ids.get(piece.token) ?? -1);
        found.push({ ...span, id, text: pieceLabel(piece.token, style), unknown: piece.unknown });
      }
    }
    return found;
  }

  #added(token: AddedToken, text: MappedText): Found {
    const { start, end } = spanOf(text, 0, text.text.length);
    return {
      id: token.id,
      text: token.content.trim() || pieceLabel(token.content, this.#parts.style),
      start,
      end,
      unknown: false,
    };
  }
}
