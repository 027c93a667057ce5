import { message } from '../../contract/error.ts';
import { isObject, type JsonObject } from '../../contract/untrusted-json.ts';
import { CharMap } from './character-map.ts';
import { alignText, MappedBuilder, type MappedText, sliceMapped } from './mapped-text.ts';
import { segmentsOf } from './text-segments.ts';
import { tokenizerFileError } from './tokenizer-files.ts';

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

const encoder = new TextEncoder();
/** Bytes from which on a grapheme is looked up character by character. */
const LONG_GRAPHEME = 6;

/**
 * The library's normalizer, with parts of its own where the library only comes near: it takes every `Precompiled` for
 * NFKC, where the file holds a table of characters, and reads BERT's by UTF-16 units.
 * @param json the normalizer that `normalizer` was made from
 * @throws ExplorerError tokenizer-file for a damaged table
 */
export function exactNormalizer(
  normalizer: LibraryNormalizer | null,
  json: unknown,
  file: string,
): LibraryNormalizer | null {
  if (normalizer === null || !isObject(json)) return normalizer;
  if (json.type === 'Sequence' && normalizer.normalizers && Array.isArray(json.normalizers)) {
    const parts = normalizer.normalizers.map((part, i) =>
      exactNormalizer(part, (json.normalizers as readonly unknown[])[i], file),
    );
    return {
      normalizers: parts,
      normalize: (text) => parts.reduce((current, part) => part?.normalize(current) ?? current, text),
    };
  }
  if (json.type === 'BertNormalizer') return bertNormalizer(json);
  // Conversions for other programs leave the table out.
  if (
    json.type !== 'Precompiled' ||
    typeof json.precompiled_charsmap !== 'string' ||
    json.precompiled_charsmap === ''
  ) {
    return normalizer;
  }
  const map = CharMap.read(fromBase64(json.precompiled_charsmap) ?? new Uint8Array());
  if (map === undefined) throw tokenizerFileError(file, message('its table of characters is damaged'));
  return { normalize: (text) => precompiled(text, map) };
}

/** Source: tokenizers, normalizers/precompiled.rs; spm_precompiled, whose shortest rule counts. */
function precompiled(text: string, map: CharMap): string {
  let out = '';
  for (const { segment } of segmentsOf(graphemes, text)) {
    const bytes = encoder.encode(segment);
    const rule = bytes.length < LONG_GRAPHEME ? map.shortest(bytes) : undefined;
    if (rule !== undefined) out += rule.text;
    else for (const character of segment) out += map.shortest(encoder.encode(character))?.text ?? character;
  }
  return out;
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** White space to BERT, besides what Unicode calls so. */
const SPACES = /^[\t\n\r\p{White_Space}]$/u;
const DROPPED = /^[\0\ufffd\p{C}]$/u;
/** CJK ideographs, each a word of its own. */
const HAN =
  /[\u4e00-\u9fff\u3400-\u4dbf\u{20000}-\u{2a6df}\u{2a700}-\u{2b73f}\u{2b740}-\u{2b81f}\u{2b920}-\u{2ceaf}\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;

/**
 * BERT's normalizer by characters: the library goes by UTF-16 units, and leaves ideographs beyond U+FFFF where they are.
 * Source: tokenizers, normalizers/bert.rs.
 */
function bertNormalizer(json: JsonObject): LibraryNormalizer {
  const stripAccents = json.strip_accents ?? json.lowercase;
  return {
    normalize(text) {
      let out = text;
      if (json.clean_text) {
        out = [...out].map((one) => (SPACES.test(one) ? ' ' : DROPPED.test(one) ? '' : one)).join('');
      }
      if (json.handle_chinese_chars) out = out.replace(HAN, ' $& ');
      if (stripAccents) out = out.normalize('NFD').replace(/\p{Mn}/gu, '');
      // Letter by letter: BERT knows no final sigma.
      if (json.lowercase) out = [...out].map((one) => one.toLowerCase()).join('');
      return out;
    },
  };
}
