import { isObject, type JsonObject } from '../../base/untrusted-json.ts';
import { alignText } from './align-text.ts';
import { MappedBuilder } from './mapped-builder.ts';
import { type MappedText, sliceMapped } from './mapped-text.ts';
import { segmentsOf } from './segments-of.ts';

/** What this file uses of the library's normalizers. */
export interface LibraryNormalizer {
  normalize(text: string): string;
  readonly normalizers?: readonly (LibraryNormalizer | null)[];
  readonly pattern?: RegExp | null;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Runs the library's normalizer and keeps the way back to the original text.
 * @param config the normalizer of tokenizer.json that `normalizer` was made from
 */
export function normalizeMapped(mapped: MappedText, normalizer: LibraryNormalizer, config: JsonObject): MappedText {
  if (config.type === 'Sequence' && Array.isArray(config.normalizers) && normalizer.normalizers) {
    let text = mapped;
    for (const [i, part] of normalizer.normalizers.entries()) {
      const partConfig: unknown = config.normalizers[i];
      if (part && isObject(partConfig)) text = normalizeMapped(text, part, partConfig);
    }
    return text;
  }
  const after = normalizer.normalize(mapped.text);
  if (after === mapped.text) return mapped;
  if (config.type === 'Prepend' && after.endsWith(mapped.text)) {
    const builder = new MappedBuilder(mapped);
    builder.insert(0, after.slice(0, after.length - mapped.text.length));
    builder.copy(0, mapped.text.length);
    return builder.build();
  }
  const content = typeof config.content === 'string' ? config.content : '';
  if (config.type === 'Replace' && normalizer.pattern && !content.includes('$')) {
    return checked(replaceMapped(mapped, normalizer.pattern, content), mapped, after);
  }
  if (config.type === 'Strip') {
    const from = mapped.text.length - mapped.text.trimStart().length;
    const start = mapped.text.startsWith(after) ? 0 : from;
    return checked(sliceMapped(mapped, start, start + after.length), mapped, after);
  }
  return followMapped(mapped, (text) => normalizer.normalize(text));
}

/** Replaces every match; the replacement stands for the match, character by character as far as that goes. */
export function replaceMapped(mapped: MappedText, pattern: RegExp, content: string): MappedText {
  const builder = new MappedBuilder(mapped);
  let at = 0;
  for (const match of mapped.text.matchAll(pattern)) {
    const to = match.index + match[0].length;
    builder.copy(at, match.index);
    if (match[0] === content) builder.copy(match.index, to);
    else builder.spread(match.index, to, content);
    at = to;
  }
  builder.copy(at, mapped.text.length);
  return builder.build();
}

/**
 * Follows any text function grapheme by grapheme (where that suffices, character by character), and checks that the
 * joined result is what the function gives for the whole; contextual functions fall back to an alignment.
 */
export function followMapped(mapped: MappedText, normalize: (text: string) => string): MappedText {
  const whole = normalize(mapped.text);
  if (whole === mapped.text) return mapped;
  const builder = new MappedBuilder(mapped);
  for (const { segment, index } of segmentsOf(graphemes, mapped.text)) {
    const after = normalize(segment);
    if (after === segment) {
      builder.copy(index, index + segment.length);
      continue;
    }
    const characters = [...segment];
    const each = characters.length > 1 ? characters.map(normalize) : [];
    if (each.length === 0 || each.join('') !== after) {
      builder.replace(index, index + segment.length, after);
      continue;
    }
    let at = index;
    for (const [i, character] of characters.entries()) {
      if (each[i] === character) builder.copy(at, at + character.length);
      else builder.replace(at, at + character.length, each[i]);
      at += character.length;
    }
  }
  const joined = builder.build();
  // Same length, other letters: a function that looks at neighbours, as lower case does at a final sigma.
  if (joined.text !== whole && joined.text.length === whole.length) return { ...joined, text: whole };
  return checked(joined, mapped, whole);
}

function checked(mapped: MappedText, before: MappedText, after: string): MappedText {
  return mapped.text === after ? mapped : alignText(before, after);
}
