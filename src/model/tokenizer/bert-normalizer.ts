import type { JsonObject } from '../../base/untrusted-json.ts';
import type { LibraryNormalizer } from './normalizer.ts';

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
export function bertNormalizer(json: JsonObject): LibraryNormalizer {
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
