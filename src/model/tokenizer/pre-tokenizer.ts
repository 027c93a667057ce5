import { isObject, type JsonObject } from '../../contract/untrusted-json.ts';
import { MappedBuilder, type MappedText, sliceMapped } from './mapped-text.ts';
import { replaceMapped } from './normalizer.ts';
import { LETTER_OF_BYTE } from './token-labels.ts';

/** What this file uses of the library's pre-tokenizers. */
export interface LibraryPreTokenizer {
  pre_tokenize_text(text: string, options?: { section_index: number }): string[];
  readonly tokenizers?: readonly (LibraryPreTokenizer | null)[];
  readonly pattern?: RegExp | null;
  readonly str_rep?: string;
  readonly replacement?: string;
  readonly prepend_scheme?: string;
  readonly add_prefix_space?: boolean;
  readonly use_regex?: boolean;
  readonly content?: string;
}

const encoder = new TextEncoder();

/**
 * Splits a normalized text as the library's pre-tokenizer does, and keeps the way back to the original text.
 * @param section number of the part between added tokens; Metaspace's `first` puts its mark before part 0 only
 */
export function preTokenizeMapped(
  mapped: MappedText,
  tokenizer: LibraryPreTokenizer,
  config: JsonObject,
  section: number,
): MappedText[] {
  switch (config.type) {
    case 'Sequence': {
      let parts = [mapped];
      for (const [i, part] of (tokenizer.tokenizers ?? []).entries()) {
        const partConfig: unknown = Array.isArray(config.pretokenizers) ? config.pretokenizers[i] : undefined;
        if (part && isObject(partConfig)) {
          parts = parts.flatMap((text) => preTokenizeMapped(text, part, partConfig, section));
        }
      }
      return parts;
    }
    case 'Metaspace':
      return [metaspace(mapped, tokenizer, section)];
    case 'ByteLevel':
      return byteLevel(mapped, tokenizer);
    case 'Replace':
      return [tokenizer.pattern ? replaceMapped(mapped, tokenizer.pattern, tokenizer.content ?? '') : mapped];
    default:
      return locate(mapped, tokenizer, config, tokenizer.pre_tokenize_text(mapped.text, { section_index: section }));
  }
}

function metaspace(mapped: MappedText, tokenizer: LibraryPreTokenizer, section: number): MappedText {
  const mark = tokenizer.str_rep ?? '▁';
  const builder = new MappedBuilder(mapped);
  const marked = mapped.text.startsWith(' ') ? mark : mapped.text;
  const first = tokenizer.prepend_scheme === 'first' && section === 0;
  if (!marked.startsWith(tokenizer.replacement ?? '▁') && (tokenizer.prepend_scheme === 'always' || first)) {
    builder.insert(0, mark);
  }
  for (let i = 0; i < mapped.text.length; i++) {
    if (mapped.text[i] === ' ') builder.replace(i, i + 1, mark);
    else builder.copy(i, i + 1);
  }
  return builder.build();
}

function byteLevel(mapped: MappedText, tokenizer: LibraryPreTokenizer): MappedText[] {
  let text = mapped;
  if (tokenizer.add_prefix_space && !text.text.startsWith(' ')) {
    const builder = new MappedBuilder(text);
    builder.insert(0, ' ');
    builder.copy(0, text.text.length);
    text = builder.build();
  }
  const parts: MappedText[] = [];
  if (!tokenizer.use_regex || !tokenizer.pattern) parts.push(text);
  else {
    for (const match of text.text.matchAll(tokenizer.pattern)) {
      parts.push(sliceMapped(text, match.index, match.index + match[0].length));
    }
  }
  return parts.map(toBytes);
}

/** One letter of the byte alphabet a UTF-8 byte; every byte of a character stands for the character. */
function toBytes(mapped: MappedText): MappedText {
  const builder = new MappedBuilder(mapped);
  let at = 0;
  for (const character of mapped.text) {
    const bytes = Array.from(encoder.encode(character), (byte) => LETTER_OF_BYTE[byte]).join('');
    builder.replace(at, at + character.length, bytes);
    at += character.length;
  }
  return builder.build();
}

/** Finds the parts, which stand in the text in order, with what was dropped between them. */
function locate(
  mapped: MappedText,
  tokenizer: LibraryPreTokenizer,
  config: JsonObject,
  parts: readonly string[],
): MappedText[] {
  // A pattern whose matches are kept says exactly where they are; searching could find a dropped likeness earlier.
  if (config.type === 'Split' && config.invert === true && tokenizer.pattern) {
    const matches = [...mapped.text.matchAll(tokenizer.pattern)].filter((match) => match[0]);
    return matches.map((match) => sliceMapped(mapped, match.index, match.index + match[0].length));
  }
  const found: MappedText[] = [];
  let at = 0;
  for (const part of parts) {
    const from = mapped.text.indexOf(part, at);
    if (from < 0) {
      const builder = new MappedBuilder(mapped);
      builder.replace(at, mapped.text.length, part);
      found.push(builder.build());
      continue;
    }
    found.push(sliceMapped(mapped, from, (at = from + part.length)));
  }
  return found;
}
