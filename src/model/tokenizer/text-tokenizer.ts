import { ExplorerError, reasonOf } from '../../contract/error.ts';
import type { TokenInfo } from '../../contract/run.ts';
import type { EncodeOptions, Tokenizer } from '../model.ts';
import { type AddedToken, AddedTokens, splitAdded } from './added-tokens.ts';
import { type MappedText, mapText, spanOf } from './mapped-text.ts';
import type { SubwordModel } from './subword-model.ts';
import { numberWords } from './text-segments.ts';
import { type TokenStyle, tokenLabel } from './token-labels.ts';
import { tokenizerFileError } from './tokenizer-files.ts';

export interface TextTokenizerParts {
  readonly model: SubwordModel;
  /** For the target, where it is cut by a model of its own (Marian). */
  readonly targetModel?: SubwordModel;
  /** Special tokens that go before and after a text, by name. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Added tokens that text may contain, found before and after normalization. */
  readonly rawAdded: ReadonlyMap<string, AddedToken>;
  readonly normalizedAdded: ReadonlyMap<string, AddedToken>;
  /** Special tokens under their true names. */
  readonly specials: ReadonlyMap<string, number>;
  readonly unknown: number | undefined;
  readonly style: TokenStyle;
  readonly vocabulary: number;
  /** For messages. */
  readonly file: string;
}

interface Found extends Span {
  id: number;
  text: string;
  unknown: boolean;
}

/** Ids of a tokenizer's files, with the place of each piece in the user's text. See load-tokenizer.ts. */
export class TextTokenizer implements Tokenizer {
  readonly vocabulary: number;
  readonly specials: ReadonlyMap<string, number>;
  readonly #parts: TextTokenizerParts;
  readonly #specialNames: ReadonlyMap<number, string>;
  readonly #rawAdded: AddedTokens;
  readonly #normalizedAdded: AddedTokens;

  constructor(parts: TextTokenizerParts) {
    this.#parts = parts;
    this.vocabulary = parts.vocabulary;
    this.specials = parts.specials;
    this.#rawAdded = new AddedTokens(parts.rawAdded);
    this.#normalizedAdded = new AddedTokens(parts.normalizedAdded);
    this.#specialNames = new Map([...parts.specials].map(([name, id]) => [id, name]));
  }

  encode(text: string, options: EncodeOptions = {}): TokenInfo[] {
    return this.#guarded(() => this.#encode(text, options));
  }

  decode(ids: readonly number[], options: Pick<EncodeOptions, 'side'> = {}): string {
    return this.#guarded(() => this.#decode(ids, options));
  }

  /** What the library finds wrong with the parts of a file while it runs them is the file's fault too. */
  #guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (error instanceof ExplorerError) throw error;
      throw tokenizerFileError(this.#parts.file, reasonOf(error));
    }
  }

  #encode(text: string, options: EncodeOptions): TokenInfo[] {
    const { before, after } = options.around ?? this.#parts;
    const task = options.task ?? '';
    const found = this.#find(task + text, options.side);
    const prefix = options.prefix === undefined ? [] : [options.prefix];
    const tokens: Omit<TokenInfo, 'word'>[] = [
      ...[...prefix, ...before].map((name) => this.#special(name, 0)),
      ...found.map(({ id, start, end, text: shown }) => ({
        id,
        text: shown,
        start: Math.max(0, start - task.length),
        end: Math.max(0, end - task.length),
        special: end <= task.length && task !== '',
      })),
      ...after.map((name) => this.#special(name, text.length)),
    ];
    const numbers = numberWords(text, tokens);
    return tokens.map((token, i) => ({ ...token, word: numbers[i] }));
  }

  #decode(ids: readonly number[], options: Pick<EncodeOptions, 'side'>): string {
    const model = this.#model(options.side);
    const plain = ids.filter(
      (id) => id !== this.#parts.unknown && !this.#specialNames.has(id) && model.piece(id) !== undefined,
    );
    return plain.length === 0 ? '' : model.decode(plain).trim();
  }

  id(name: string): number | undefined {
    return this.#parts.specials.get(name) ?? this.#parts.model.id(name);
  }

  label(id: number): { readonly text: string; readonly special: boolean } {
    const name = this.#specialNames.get(id);
    if (name !== undefined) return { text: name, special: id !== this.#parts.unknown };
    const piece = this.#parts.model.piece(id);
    return { text: piece === undefined ? `#${id}` : tokenLabel(piece, this.#parts.style), special: false };
  }

  #model(side: EncodeOptions['side']): SubwordModel {
    return (side === 'target' ? this.#parts.targetModel : undefined) ?? this.#parts.model;
  }

  #special(name: string, at: number): Omit<TokenInfo, 'word'> {
    const id = this.id(name);
    if (id === undefined) {
      const { file } = this.#parts;
      throw new ExplorerError(
        'tokenizer-mismatch',
        'The tokenizer {file} has no token {token}. Choose another direction, or a tokenizer that belongs to this model.',
        { file, token: name },
      );
    }
    return { id, text: name, start: at, end: at, special: true };
  }

  #find(text: string, side: EncodeOptions['side']): Found[] {
    const model = this.#model(side);
    const found: Found[] = [];
    for (const [i, section] of splitAdded(mapText(text), this.#rawAdded).entries()) {
      if (section.added) found.push(this.#added(section.added, section.text));
      else if (section.text.text.length > 0) {
        const normalized = model.normalize(section.text);
        if (normalized.text.length === 0) continue;
        for (const part of splitAdded(normalized, this.#normalizedAdded)) {
          if (part.added) found.push(this.#added(part.added, part.text));
          else if (part.text.text.length > 0) for (const piece of this.#pieces(part.text, i, model)) found.push(piece);
        }
      }
    }
    settleSpans(text, found);
    for (const piece of found) {
      // What the model does not know is shown as the user wrote it.
      if (piece.unknown)
        piece.text = text.slice(piece.start, piece.end).trim() || tokenLabel(piece.text, this.#parts.style);
    }
    return found.filter((piece) => piece.id >= 0);
  }

  #pieces(text: MappedText, section: number, model: SubwordModel): Found[] {
    const found: Found[] = [];
    let fusing = false;
    for (const part of model.split(text, section)) {
      for (const { token, id, from, to, unknown } of model.pieces(part.text)) {
        const span = spanOf(part, from, to);
        const previous = found.at(-1);
        if (unknown && fusing && previous) {
          if (span.end > span.start) {
            if (previous.end <= previous.start) previous.start = span.start;
            previous.end = Math.max(previous.end, span.end);
          }
          continue;
        }
        fusing = unknown && model.fuseUnknown;
        found.push({ ...span, id, text: tokenLabel(token, this.#parts.style), unknown });
      }
    }
    return found;
  }

  #added(token: AddedToken, text: MappedText): Found {
    const { start, end } = spanOf(text, 0, text.text.length);
    return {
      id: token.id,
      text: token.content.trim() || tokenLabel(token.content, this.#parts.style),
      start,
      end,
      unknown: false,
    };
  }
}

/** A span that settling may move; offsets are UTF-16 units of the original text. */
interface Span {
  start: number;
  end: number;
}

const HIGH = /[\uD800-\uDBFF]/;
const LOW = /[\uDC00-\uDFFF]/;
const SPACE = /\s/;

/**
 * Makes the spans of consecutive pieces fit to be shown: white space at their edges is left out (unless that is all
 * there is), letters that the normalizer dropped go with the piece beside them, and no surrogate pair is cut.
 */
function settleSpans(text: string, spans: readonly Span[]): void {
  for (const span of spans) {
    let { start, end } = span;
    while (start < end && SPACE.test(text[start])) start++;
    while (end > start && SPACE.test(text[end - 1])) end--;
    if (start < end) {
      span.start = start;
      span.end = end;
    }
  }
  const solid = spans.filter((span) => span.end > span.start);
  let reached = 0;
  for (const [i, span] of solid.entries()) {
    // Dropped letters right before this piece and after white space, or at the very start, go with it …
    while (span.start > reached && !SPACE.test(text[span.start - 1])) span.start--;
    reached = Math.max(reached, span.end);
    // … those right after it with it.
    const next = solid[i + 1]?.start ?? text.length;
    if (SPACE.test(text[span.end - 1])) continue;
    while (span.end < next && !SPACE.test(text[span.end])) span.end++;
    reached = Math.max(reached, span.end);
  }
  for (const span of spans) {
    if (cuts(text, span.start)) span.start--;
    if (cuts(text, span.end)) span.end += span.end > span.start ? 1 : -1;
  }
}

function cuts(text: string, at: number): boolean {
  return at > 0 && at < text.length && HIGH.test(text[at - 1]) && LOW.test(text[at]);
}
