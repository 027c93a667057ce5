import { isObject } from '../../base/untrusted-json.ts';
import { bertNormalizer } from './bert-normalizer.ts';
import { CharMap } from './character-map.ts';
import type { LibraryNormalizer } from './normalizer.ts';
import { segmentsOf } from './segments-of.ts';
import { tokenizerFileError } from './tokenizer-file-error.ts';

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

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
  if (map === undefined) throw tokenizerFileError(file, 'its table of characters is damaged');
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
